import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Picture } from '../../cast/avatar.ts';
import { barePicture } from '../../cast/cards/bare-picture.ts';
import type { CardReading } from '../../cast/cards/read-card.ts';
import { readCastFile } from '../../cast/cards/read-cast-file.ts';
import { CastFileError } from '../../cast/cast-file-error.ts';
import { cardFilesIn, pictureOf } from '../../cast/library/file-names.ts';
import { readingOfWorld, type WorldReading } from '../../cast/library/read-world-file.ts';

/** A file, and what is in it or why nothing is. */
export type Look = { readonly file: string } & (
  | { readonly is: 'cards'; readonly readings: readonly CardReading[]; readonly picture?: Picture }
  | { readonly is: 'lorebook'; readonly world: WorldReading }
  | { readonly is: 'chat' }
  | { readonly is: 'bad'; readonly problem: string }
);

/** Looks into files one by one, and into the folders among them. Never rejects for what is in a file. */
export async function* lookInto(paths: readonly string[]): AsyncGenerator<Look> {
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (!facts?.isDirectory()) yield await look(path);
    else for (const name of await filesIn(path)) yield await look(join(path, name));
  }
}

async function filesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir);
  return [...cardFilesIn(names), ...names.filter((name) => /\.jsonl$/i.test(name)).sort()];
}

export async function look(file: string): Promise<Look> {
  try {
    const bytes = await bytesOf(file);
    const found = readCastFile(bytes, file);
    if (found.kind === 'chat') return { file, is: 'chat' };
    if (found.kind === 'world') return { file, is: 'lorebook', world: readingOfWorld(found, bytes, file) };
    const picture = found.readings.length === 1 ? await faceOf(found.readings[0], file) : undefined;
    return { file, is: 'cards', readings: found.readings, ...(picture && { picture }) };
  } catch (error) {
    if (!(error instanceof CastFileError)) throw error;
    // The file is named beside it.
    return { file, is: 'bad', problem: error.message.replace(`${basename(file)}: `, '') };
  }
}

/** The picture in the file, or the one that lies beside it under its name. */
async function faceOf(reading: CardReading | undefined, file: string): Promise<Picture | undefined> {
  const avatar = reading?.character.avatar;
  if (avatar?.type === 'bytes') return { mime: avatar.mime, bytes: avatar.bytes };
  const dir = dirname(file);
  const beside = pictureOf(basename(file), await readdir(dir).catch(() => []));
  const bytes = beside && (await readFile(join(dir, beside)).catch(() => undefined));
  return bytes ? barePicture(bytes, () => {}) : undefined;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CastFileError(basename(file), 'cannot be read: check the path and who may read it', error);
  }
}
