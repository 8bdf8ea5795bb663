import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { OperatorError } from '../../../errors.ts';
import { scoreLine } from '../../../lab/coser/score-line.ts';
import { PROTOCOLS, type Protocol } from '../../../lab/coser/severity.ts';
import { linesIn } from '../../../lab/folder/lines-in.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { readFlagsAndWords } from '../../read-flags.ts';

export const SCORE_HELP = `Usage: dramatis lab eval score [FILE|-] [--json] [--protocol coser|her|fixed]

Scores of judges’ flaws by CoSER’s formula, 100 - 5 × (sum of severities - 0.3 × rounds),
held to 0…100. Reads FILE, or the standard input, as JSON Lines:

  {"judge_flaws":[{"severity":3},{"severity":1}],"rounds":12}

rounds are the turns of the actors, the Environment’s not counted. Each line is answered
as it comes.

  --json      one {"score":…} a line; else the number alone
  --protocol  how severities are counted:
              coser (default)  whole numbers as they are, also 0, negative or above 5;
                               true is 1; missing or null is 1; strings and fractions nothing
              her              any number; all else nothing
              fixed            numbers and strings of numbers, held to 1…5; all else is 1

A line that cannot be read is named on the standard error and has no answer; the others do.
Exit code 1 where there was one.
`;

type ScoreFlags = {
  readonly file: string | undefined;
  readonly json: boolean;
  readonly protocol: Protocol;
};

/** `dramatis lab eval score`: resolves to the exit code. */
export async function score(args: readonly string[], io: CliIo): Promise<number> {
  const { file, json, protocol } = scoreFlags(args);
  let [number, bad] = [0, 0];
  try {
    const input = file === undefined ? io.stdin : createReadStream(file);
    for await (const line of linesIn(addAbortSignal(io.signal, input))) {
      io.signal.throwIfAborted();
      number += 1;
      const bare = line.trim();
      if (bare === '') continue;
      const found = scoreLine(bare, protocol);
      if ('fault' in found) {
        bad += 1;
        await say(io, io.stderr, `lab eval score: line ${number}: ${found.fault}\n`);
      } else await say(io, io.stdout, `${json ? JSON.stringify(found) : found.score}\n`);
    }
  } catch (error) {
    io.signal.throwIfAborted();
    if (file === undefined || !(error instanceof Error && 'code' in error)) throw error;
    throw new OperatorError(`${file} cannot be read (${String(error.code)}): check the path.`, error);
  }
  return bad > 0 ? 1 : 0;
}

function scoreFlags(args: readonly string[]): ScoreFlags {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (more.length > 0) throw new BadUse('lab eval score takes one FILE at most.');
  const protocol = PROTOCOLS.find((one) => one === values.protocol);
  if (!protocol)
    throw new BadUse(`--protocol takes ${PROTOCOLS.join(', ')}, not “${values.protocol.slice(0, 40)}”.`);
  return { file: file === '-' ? undefined : file, json: values.json, protocol };
}

function parsed(args: readonly string[]) {
  return readFlagsAndWords(args, {
    json: { type: 'boolean', default: false },
    protocol: { type: 'string', default: 'coser' },
  });
}

async function say({ signal }: CliIo, to: CliIo['stdout'], text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain', { signal });
}
