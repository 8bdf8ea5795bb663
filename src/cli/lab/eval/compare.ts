import { compareRuns } from '../../../lab/compare/compare-runs.ts';
import { comparisonWords } from '../../../lab/compare/comparison-words.ts';
import { readScoredRun } from '../../../lab/compare/read-scored-run.ts';
import type { Kind } from '../../../lab/compare/scored-run.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

export const COMPARE_HELP = `Usage: dramatis lab eval compare A B [options]

Compares two runs scene by scene: what each got, what B got more than A with its 95 %
interval, the p of the paired permutation test, and in how many scenes B got more, the
same, or less. A and B are folders of runs, their results.json, or files that CoSER's own
evaluator wrote. Scenes that only one of them has are counted and left out.

Scores of different judges, judge prompts, protocols, data or numbers of rounds are on
different scales: then it says what differs, prints no figure, and exits with 1.

  --scores WHICH   honest (default: faults of counting mended, invalid scenes left out),
                   or protocol (the runner's own counting)
  --anyway         prints the figures of runs that are not on one scale, with a warning
  --seed N         of intervals and p (default 0)
  --json           one JSON object on stdout

Exit code 0; 1 where they are not on one scale or have no scene in common; 2 for bad use.
`;

/** `dramatis lab eval compare A B`: resolves to the exit code. @throws BadUse, OperatorError */
export async function compare(args: readonly string[], { stdout }: CliIo): Promise<number> {
  const { a, b, kind, anyway, seed, json } = flagsOf(args);
  const comparison = compareRuns(await readScoredRun(a), await readScoredRun(b), kind, seed);
  const isAllowed = comparison.scale.length === 0 || anyway;
  const told = isAllowed ? comparison : { ...comparison, figures: [] };
  stdout.write(json ? `${JSON.stringify(told)}\n` : comparisonWords(told, anyway));
  return isAllowed && comparison.figures.length > 0 ? 0 : 1;
}

function flagsOf(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [a, b] = positionals;
  if (a === undefined || b === undefined || positionals.length > 2) {
    throw new BadUse('compare takes two runs, A and B; --help tells more.');
  }
  return {
    a,
    b,
    kind: kindOf(values.scores),
    anyway: values.anyway,
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 0,
    json: values.json,
  };
}

function kindOf(scores: string): Kind {
  if (scores === 'honest' || scores === 'protocol') return scores;
  throw new BadUse(`--scores takes honest or protocol, not “${scores.slice(0, 40)}”.`);
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    scores: { type: 'string', default: 'honest' },
    anyway: { type: 'boolean', default: false },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}
