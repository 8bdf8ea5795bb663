import { checkPaths } from '../../../lab/check/check-export.ts';
import { reportWords } from '../../../lab/check/report-words.ts';
import { ENGINES, KINDS } from '../../../lab/export/sample.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

export const CHECK_HELP = `Usage: dramatis lab check FOLDER|FILE… [--engine NAME] [--kind KIND] [--max-tokens N] [--json]

Re-reads training data and holds each row against the rules of the engine that is to learn
from it: what it would refuse, skip in silence, or learn by mistake. A FOLDER is one of
dramatis lab export; a FILE is JSON Lines or Parquet of anybody’s, or a batch file.

  --engine NAME   ${ENGINES.join(', ')}; left out: export.json, or the columns, tell
  --kind KIND     ${KINDS.join(', ')}
                  for a FOLDER these two say which of its files are looked at
  --max-tokens N  rows that are longer, as it is estimated, are an error
  --json          one object: {"ok":…,"errors":…,"warnings":…,"files":[…],"findings":[…]}

Exit code 0 where there is no error (warnings depend on settings), 1 where there is one.
docs/lab-check.md lists the rules.
`;

/** `dramatis lab check`: resolves to the exit code. */
export async function checkExport(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0) throw new BadUse('lab check needs a FOLDER or a FILE; --help tells more.');
  const told = {
    engine: oneOf('--engine', values.engine, ENGINES),
    kind: oneOf('--kind', values.kind, KINDS),
    maxTokens: wholeNumber('--max-tokens', values['max-tokens'], 1, 10_000_000),
  };
  const report = await checkPaths(positionals, told, io.signal);
  io.stdout.write(values.json ? `${JSON.stringify(report)}\n` : reportWords(report));
  return report.ok ? 0 : 1;
}

function oneOf<T extends string>(flag: string, value: string | undefined, all: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = all.find((one) => one === value);
  if (found === undefined) throw new BadUse(`${flag} takes ${all.join(', ')}, not “${value.slice(0, 40)}”.`);
  return found;
}

function parsed(args: readonly string[]) {
  return readFlagsAndWords(args, {
    engine: { type: 'string' },
    kind: { type: 'string' },
    'max-tokens': { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}
