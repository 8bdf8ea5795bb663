import { parseArgs } from 'node:util';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { badFlags } from '../read-flags.ts';
import { type ConvertFormat, convert } from './convert.ts';
import { ENRICH_HELP, enrich } from './enrich.ts';
import { show } from './show.ts';
import { validate } from './validate.ts';

const FORMATS: readonly ConvertFormat[] = ['yaml', 'v3', 'v2', 'png', 'sillytavern'];

/** `dramatis cards <action> …`: each reads its own flags. Resolves to the exit code. */
const ACTIONS: Readonly<Record<string, (args: readonly string[], io: CliIo) => Promise<number>>> = {
  validate: (args, io) => onFiles('validate', validate, args, io),
  show: (args, io) => onFiles('show', show, args, io),
  convert: (args, io) => onFile(args, io),
  enrich,
};

export const cards: CliCommand = {
  help: `Usage: dramatis cards validate FILE|FOLDER…  [--json]
       dramatis cards show FILE|FOLDER…      [--json]
       dramatis cards convert FILE [--to yaml|v3|v2|png] [-o FILE|FOLDER] [--json]

Reads our YAML, Character Card V1 to V3 as JSON, PNG or CharX, and CoSER scenes with
several characters; tells lorebooks and chats from cards.

  validate   one line a file: ok, or what is wrong with which field; then which
             fields a model is told and which are kept and never told (with their
             lengths). What had to be passed over goes to stderr
  show       the sheet of each card, private parts included
  convert    the card as our YAML (default), as a V3 or V2 JSON that other tools
             read, or as a PNG that carries both; fields we do not use are kept
${ENRICH_HELP}
  --to       the format; without it, what the ending of -o says. A lorebook
             becomes v3 (default) or sillytavern
  -o         where to write, in place of stdout; into a folder under the
             character's name, over nothing that is there. A picture goes
             beside YAML and JSON
  --json     one JSON object on stdout: {"cards":[…]}; of convert the card itself,
             a V3 unless --to says v2

Exit code 0 where every file can be read, 1 where one cannot, 2 for bad use.
`,
  async run([action = '', ...args], io) {
    const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (run) return run(args, io);
    const names = Object.keys(ACTIONS);
    throw new BadUse(
      `say ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, and then the files; --help tells more.`,
    );
  },
};

type OnFiles = (paths: readonly string[], json: boolean, io: CliIo) => Promise<number>;

async function onFiles(action: string, run: OnFiles, args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  if (positionals.length === 0) throw new BadUse(`${action} needs a FILE: a .yaml, .json, .png or .charx.`);
  return run(positionals, values.json, io);
}

async function onFile(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args, {
    json: { type: 'boolean', default: false },
    to: { type: 'string' },
    output: { type: 'string', short: 'o' },
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new BadUse('convert needs a FILE: a .yaml, .json, .png or .charx.');
  if (others.length > 0) throw new BadUse('convert takes one FILE at a time.');
  const wanted = values.to ?? (values.json ? 'v3' : formatOf(values.output ?? ''));
  const to = FORMATS.find((format) => format === wanted);
  if (!to) throw new BadUse(`--to takes ${FORMATS.join(', ')}, not “${wanted.slice(0, 40)}”.`);
  if (values.json && (to === 'yaml' || to === 'png')) {
    throw new BadUse(`${to === 'yaml' ? 'YAML' : 'a PNG'} is no JSON: leave out --json, or --to ${to}.`);
  }
  return convert(file, to, values.output, io);
}

function formatOf(output: string): ConvertFormat {
  if (/\.json$/i.test(output)) return 'v3';
  return /\.png$/i.test(output) ? 'png' : 'yaml';
}

function parse<const O extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw badFlags(error);
  }
}
