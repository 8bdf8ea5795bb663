import { readFile, stat } from 'node:fs/promises';
import { type DataCheck, type DataKind, inspectData } from '../../lab/coser/files/inspect-data.ts';
import type { Remark } from '../../lab/coser/files/records-in.ts';
import { plainLine } from '../../lab/report/plain.ts';
import { BadUse } from '../bad-use.ts';
import type { CliIo } from '../cli-command.ts';
import { readFlagsAndWords } from '../read-flags.ts';

export const CHECK_HELP = `Usage: dramatis lab data check FILE… [--json]

Looks through files of data before they are used: their form, what is in them, what is
there twice, and what cannot be played. It knows

  scenes in the form of CoSER’s test set (and whether it is that set, as published),
  simulations of CoSER’s evaluator and of HER’s,
  evaluations of CoSER’s (and whether their scores are those of their flaws),
  results.json and transcripts.jsonl of dramatis lab eval.

  --json   one object: {"files":[…],"ok":true|false}

Exit code 0 where all of it can be used, 1 where something cannot.
`;

/** Larger ones would not fit into memory together with what is made of them. */
const MOST_BYTES = 100 * 1024 * 1024;

type FileCheck = { readonly file: string } & (DataCheck | { readonly problem: string });

/** `dramatis lab data check`: resolves to the exit code. */
export async function checkData(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0) throw new BadUse('lab data check needs a FILE; --help tells more.');
  const files: FileCheck[] = [];
  for (const file of positionals) {
    io.signal.throwIfAborted();
    const check = { file, ...(await checkFile(file)) };
    files.push(check);
    if (!values.json) io.stdout.write(wordsOf(check));
  }
  const ok = files.every((one) => 'kind' in one && one.faults.length === 0);
  if (values.json) io.stdout.write(`${JSON.stringify({ files, ok })}\n`);
  return ok ? 0 : 1;
}

async function checkFile(path: string): Promise<DataCheck | { readonly problem: string }> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) {
      const [has, most] = [size, MOST_BYTES].map((bytes) => Math.round(bytes / 2 ** 20));
      return { problem: `it has ${has} MB, at most ${most} are read at once: split it, one scene a line` };
    }
    return inspectData(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const what =
      error.code === 'EISDIR' ? 'is a folder: name the files in it' : `cannot be read (${error.code})`;
    return { problem: `it ${what}` };
  }
}

const KINDS: Readonly<Record<DataKind, string>> = {
  'coser-scenes': 'scenes in CoSER’s form',
  'coser-simulations': 'simulations of CoSER’s evaluator',
  'her-simulations': 'simulations of HER’s evaluator',
  'coser-evaluation': 'an evaluation of CoSER’s',
  results: 'results of dramatis lab eval',
  transcripts: 'transcripts of dramatis lab eval',
  unknown: 'nothing that the lab knows',
};

/** So many of a kind are told; --json has them all. */
const MOST_TOLD = 20;

function wordsOf(check: FileCheck): string {
  if ('problem' in check) return `${check.file}: ${check.problem}\n`;
  const { file, kind, bytes, sha256, published, counts, faults, remarks } = check;
  const set =
    kind !== 'coser-scenes'
      ? ''
      : published
        ? ', CoSER’s test set as published'
        : ', not CoSER’s test set as published';
  const lines = [
    `${file}: ${KINDS[kind]}${set}`,
    `  ${bytes} bytes, sha256 ${sha256}`,
    ...Object.entries(counts).map(([name, count]) => `  ${name}: ${count}`),
    ...told('cannot be used', faults),
    ...told('to know', remarks),
  ];
  return `${lines.join('\n')}\n`;
}

function told(label: string, remarks: readonly Remark[]): string[] {
  const more = remarks.length - MOST_TOLD;
  return [
    ...remarks.slice(0, MOST_TOLD).map(({ at, id, what }) => {
      const name = id === undefined ? '' : ` (${plainLine(id)})`;
      return `  ${label}: ${at === 0 ? '' : `record ${at}${name}: `}${plainLine(what, 500)}`;
    }),
    ...(more > 0 ? [`  ${label}: ${more} more; --json lists them`] : []),
  ];
}

function parsed(args: readonly string[]) {
  return readFlagsAndWords(args, { json: { type: 'boolean', default: false } });
}
