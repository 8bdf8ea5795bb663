import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Upload } from '../../engine/command/command.ts';
import { mostBytesOf, mostInWords } from '../../engine/command/upload-limit.ts';
import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';

/**
 * A file of this machine, named as in a shell: relative to the folder that the terminal is in, or with `~`.
 * @throws PlayerError where it cannot be read, or is larger than is taken
 */
export async function readUpload(path: string): Promise<Upload> {
  const name = basename(path);
  const most = mostBytesOf(name);
  const file = await open(pathOf(path)).catch(() => {
    throw new PlayerError(say('There is no file {{path}} that can be read.', { path }));
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new PlayerError(say('{{path}} is no file.', { path }));
    // One byte more tells whether it grew meanwhile.
    const bytes = Buffer.alloc(Math.min(stats.size, most) + 1);
    let read = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, read, bytes.length - read, read);
      read += bytesRead;
      if (bytesRead === 0 || read === bytes.length) break;
    }
    if (read > most || stats.size > most) throw tooLarge(name);
    return { name, bytes: bytes.subarray(0, read) };
  } finally {
    await file.close();
  }
}

function tooLarge(name: string): PlayerError {
  return new PlayerError(
    say('That file is too large: {{most}} is the most that is read.', { most: mostInWords(name) }),
  );
}

function pathOf(typed: string): string {
  return typed.startsWith('~/') ? join(homedir(), typed.slice(2)) : resolve(typed);
}
