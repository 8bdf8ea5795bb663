import { stat, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { writePngCard } from '../../cast/cards/png-card.ts';
import type { CardReading } from '../../cast/cards/read-card.ts';
import { type CardFormat, writeCard } from '../../cast/cards/write-card.ts';
import { type LorebookFormat, writeLorebook } from '../../cast/cards/write-lorebook.ts';
import type { WorldReading } from '../../cast/library/read-world-file.ts';
import { slugOf } from '../../cast/library/slug.ts';
import { freeId } from '../../cast/library/unique-ids.ts';
import { OperatorError } from '../../errors.ts';
import { BadUse } from '../bad-use.ts';
import type { CliIo } from '../cli-command.ts';
import { refuseOtherEnding } from './fitting-ending.ts';
import { type Look, look } from './look.ts';
import { plain } from './plain.ts';

export type ConvertFormat = CardFormat | LorebookFormat | 'png';

const ENDINGS: Readonly<Record<ConvertFormat, string>> = {
  ...{ yaml: 'yaml', v3: 'json', v2: 'json', png: 'png', sillytavern: 'json' },
};
const PICTURES: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/**
 * Writes the card or the lorebook in a file in another format: on stdout, into a file, or into a folder,
 * where several cards of one file become a file each, over nothing that is there.
 * @param output a file, or a folder that is there
 * @throws BadUse where there is no place for what is written
 */
export async function convert(
  file: string,
  format: ConvertFormat,
  output: string | undefined,
  io: CliIo,
): Promise<number> {
  const found = await look(file);
  if (found.is === 'lorebook') return convertLorebook(found.world, format, output, io);
  if (found.is !== 'cards') {
    const why = found.is === 'bad' ? found.problem : 'is a chat: dramatis play --chat goes on with it';
    io.stderr.write(`dramatis cards: ${plain(file)}: ${plain(why)}\n`);
    return 1;
  }
  if (format === 'sillytavern')
    throw new BadUse('--to sillytavern is for lorebooks; cards go there as v2, v3 or png.');
  return convertCards(found, format, output, io);
}

/** Its default is V3: a lorebook has no YAML of ours. */
async function convertLorebook(
  world: WorldReading,
  format: ConvertFormat,
  output: string | undefined,
  io: CliIo,
): Promise<number> {
  if (format === 'v2' || format === 'png')
    throw new BadUse(`a lorebook becomes v3 or sillytavern, not ${format}.`);
  const id = slugOf(world.name);
  const text = writeLorebook({ ...world, id }, format === 'sillytavern' ? format : 'v3');
  if (output === undefined) {
    io.stdout.write(text);
    return 0;
  }
  if (await isDirectory(output)) return (await writeNew(join(output, `${id}.json`), text, io)) ? 0 : 1;
  refuseOtherEnding(output, 'json');
  await write(output, text);
  return 0;
}

async function convertCards(
  found: Cards,
  format: Exclude<ConvertFormat, 'sillytavern'>,
  output: string | undefined,
  io: CliIo,
): Promise<number> {
  const isFolder = output !== undefined && (await isDirectory(output));
  if (found.readings.length > 1 && !isFolder) {
    throw new BadUse(
      `${found.file} holds ${found.readings.length} characters: -o FOLDER writes a file of each.`,
    );
  }
  if (format === 'png' && output === undefined && isTerminal(io)) {
    throw new BadUse('a PNG is no text for a terminal: -o FILE says where it goes.');
  }
  if (output !== undefined && !isFolder) refuseOtherEnding(output, ENDINGS[format]);
  const taken = new Set<string>();
  let all = true;
  for (const reading of found.readings) {
    for (const warning of reading.warnings) io.stderr.write(`     ${reading.card.name}: ${plain(warning)}\n`);
    const bytes = bytesOf(reading, format, found, io);
    if (output === undefined) {
      io.stdout.write(bytes);
      continue;
    }
    const stem = freeId(slugOf(reading.card.name), taken);
    taken.add(stem);
    const path = isFolder ? join(output, `${stem}.${ENDINGS[format]}`) : output;
    if (!isFolder) await write(path, bytes);
    else if (!(await writeNew(path, bytes, io))) {
      all = false;
      continue;
    }
    io.stderr.write(`     ${path} written\n`);
    if (format !== 'png') await writePictureBeside(path, found, io);
  }
  return all ? 0 : 1;
}

function bytesOf({ card }: CardReading, format: CardFormat | 'png', { picture }: Cards, io: CliIo) {
  if (format !== 'png') return writeCard(card, format);
  if (picture && picture.mime !== 'image/png') {
    io.stderr.write(`     ${card.name}: the picture is no PNG, so the card lies in a plain one\n`);
  }
  return writePngCard(card, picture?.bytes);
}

type Cards = Extract<Look, { is: 'cards' }>;

/** YAML and JSON hold no picture: it goes beside them, where it is found again, over nothing that is there. */
async function writePictureBeside(path: string, { picture, file }: Cards, io: CliIo): Promise<void> {
  if (!picture) return;
  const { dir, name } = parse(path);
  const beside = join(dir, `${name}.${PICTURES[picture.mime] ?? 'png'}`);
  try {
    await writeFile(beside, picture.bytes, { flag: 'wx' });
    io.stderr.write(`     ${beside} written: its picture\n`);
  } catch {
    if (beside !== join(file))
      io.stderr.write(`     ${beside} was left as it is: its picture is in ${file}\n`);
  }
}

/** Under a name that nobody typed: false, and told, where there is such a file. */
async function writeNew(path: string, bytes: string | Uint8Array, io: CliIo): Promise<boolean> {
  if (await stat(path).catch(() => undefined)) {
    io.stderr.write(`dramatis cards: ${path} is there already: -o FILE writes over it\n`);
    return false;
  }
  await write(path, bytes);
  return true;
}

async function write(path: string, bytes: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check the path and who may write there`, error);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function isTerminal({ stdout }: CliIo): boolean {
  return 'isTTY' in stdout && stdout.isTTY === true;
}
