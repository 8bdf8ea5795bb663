import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type CardReading, readCard } from '../../cast/cards/read-card.ts';
import { type CardFormat, writeCard } from '../../cast/cards/write-card.ts';
import { CastFileError } from '../../cast/cast-file-error.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { badFlags } from '../read-flags.ts';
import { cardSheet, cardSummary } from './card-sheet.ts';

const FORMATS: readonly CardFormat[] = ['yaml', 'v3', 'v2'];

export const cards: CliCommand = {
  name: 'cards',
  summary: 'validates, converts and shows character cards',
  help: `Usage: dramatis cards validate FILE…  [--json]
       dramatis cards show FILE…      [--json]
       dramatis cards convert FILE    [--to yaml|v3|v2] [--json]

Reads our YAML, Character Card V1 to V3 JSON, and PNG that carries a card.

  validate   one line a file: ok, or what is wrong with which field; what had to
             be passed over goes to stderr
  show       the sheet of each card, private parts included
  convert    the card on stdout, as our YAML (default) or as a V3 or V2 JSON that
             other tools read; fields we do not use are kept

  --json     one JSON object on stdout: {"cards":[…]}; of convert the card itself,
             a V3 unless --to says v2

Exit code 0 where every file is a card, 1 where one is not.
`,
  async run(args, io) {
    const { action, files, to, json } = readRequest(args);
    if (action === 'convert') return convert(files, to, io);
    const looks = await Promise.all(files.map(look));
    if (json) {
      const found = looks.map((one) => (action === 'show' ? asSheet(one) : asVerdict(one)));
      io.stdout.write(`${JSON.stringify({ cards: found })}\n`);
    } else {
      for (const one of looks) tell(one, action, io);
    }
    return looks.every((one) => one.reading) ? 0 : 1;
  },
};

type Request = {
  readonly action: 'validate' | 'show' | 'convert';
  readonly files: readonly string[];
  readonly to: CardFormat;
  readonly json: boolean;
};

/** A file, and the card in it or why there is none. */
type Look = { readonly file: string; readonly reading?: CardReading; readonly problem?: string };

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parse(args);
  const [action, ...files] = positionals;
  if (action !== 'validate' && action !== 'show' && action !== 'convert') {
    throw new BadUse('say validate, show or convert, and then the files; --help tells more.');
  }
  if (files.length === 0) throw new BadUse(`${action} needs a FILE: a card as .yaml, .json or .png.`);
  if (action === 'convert' && files.length > 1) throw new BadUse('convert takes one FILE at a time.');
  const wanted = values.to ?? (values.json ? 'v3' : 'yaml');
  const to = FORMATS.find((format) => format === wanted);
  if (!to) throw new BadUse(`--to takes ${FORMATS.join(', ')}, not “${wanted.slice(0, 40)}”.`);
  if (to === 'yaml' && values.json) throw new BadUse('YAML is no JSON: leave out --json, or --to yaml.');
  return { action, files, to, json: values.json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, to: { type: 'string' } },
    });
  } catch (error) {
    throw badFlags(error);
  }
}

async function convert(files: readonly string[], to: CardFormat, io: CliIo): Promise<number> {
  for (const { file, reading, problem } of await Promise.all(files.map(look))) {
    if (!reading) {
      io.stderr.write(`dramatis cards: ${file}: ${problem}\n`);
      return 1;
    }
    warn(reading, io);
    io.stdout.write(writeCard(reading.card, to));
  }
  return 0;
}

async function look(file: string): Promise<Look> {
  try {
    return { file, reading: readCard(await bytesOf(file), file) };
  } catch (error) {
    if (!(error instanceof CastFileError)) throw error;
    // The file is named beside it.
    return { file, problem: error.message.replace(`${basename(file)}: `, '') };
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CastFileError(basename(file), 'cannot be read: check the path and who may read it', error);
  }
}

function tell({ file, reading, problem }: Look, action: Request['action'], io: CliIo): void {
  if (!reading) {
    io.stdout.write(`bad  ${file}: ${problem}\n`);
    return;
  }
  io.stdout.write(
    action === 'show' ? cardSheet(reading.character) : `ok   ${file}: ${cardSummary(reading.character)}\n`,
  );
  warn(reading, io);
}

function warn({ character, warnings }: CardReading, io: CliIo): void {
  for (const warning of warnings) io.stderr.write(`     ${character.name}: ${warning}\n`);
}

function asVerdict({ file, reading, problem }: Look) {
  if (!reading) return { file, ok: false, problem };
  return {
    file,
    ok: true,
    id: reading.character.id,
    name: reading.character.name,
    warnings: reading.warnings,
  };
}

function asSheet({ file, reading, problem }: Look) {
  if (!reading) return { file, ok: false, problem };
  const { avatar, ...sheet } = reading.character;
  return { file, ok: true, character: { ...sheet, hasAvatar: avatar !== undefined } };
}
