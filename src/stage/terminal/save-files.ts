import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ReplyFile } from '../../engine/reply-file.ts';

/**
 * Writes files into a folder, next to what is there: a name that is taken gets a number. Returns their paths.
 */
export async function saveFiles(folder: string, files: readonly ReplyFile[]): Promise<string[]> {
  const saved: string[] = [];
  for (const { name, content } of files) saved.push(await saveFile(folder, basename(name), content));
  return saved;
}

async function saveFile(folder: string, name: string, content: ReplyFile['content']): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem}-${number}${ending}`);
    try {
      await writeFile(path, content, { flag: 'wx' });
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
