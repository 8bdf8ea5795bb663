import { type Share, shareOf } from '../stats/share.ts';
import type { Candidate, JudgeContext, PairVerdict } from '../verdict/verdict.ts';
import { type Bias, biasOf } from './bias-of.ts';
import { type JudgedPair, measureCandidate } from './judged-pair.ts';
import { PROBES, type Probe, type Trial } from './probes.ts';
import type { SampleScene } from './sample-scenes.ts';

/** Judges two candidates, as `judgePair` does; each call under new names. Bounds itself what runs at once. */
export type JudgeSamples = (
  context: JudgeContext,
  first: Candidate,
  second: Candidate,
) => Promise<PairVerdict>;

export type ProbeOutcome = {
  readonly probe: Probe['name'];
  /** What it asks, for people. */
  readonly asks: string;
  /** Trials with a verdict that could not be read; in no share. */
  readonly missing: number;
  /** Trials that needed no judge, as with identical candidates; in no share. */
  readonly unasked: number;
  /** Trials that went wrong, of those that were read. */
  readonly wrong: Share;
  readonly atMost: number;
  /** `unread`: more than half of the trials could not be read. */
  readonly outcome: 'pass' | 'fail' | 'unread';
};

/** Plain data: it can be written as JSON as it is. */
export type SelfTest = {
  readonly probes: readonly ProbeOutcome[];
  /** Over all pairs of the self-test. */
  readonly bias: Bias;
};

type Run = 'right' | 'wrong' | 'missing' | 'unasked';

const MOST_MISSING = 0.5;

/**
 * Asks a judge what it should not be swayed by: see `PROBES`. All is asked at once.
 * @throws what `judge` throws, once nothing is being judged any more
 */
export async function selfTest(judge: JudgeSamples, scenes: readonly SampleScene[]): Promise<SelfTest> {
  const pairs: JudgedPair[] = [];

  async function run(trial: Trial): Promise<Run> {
    const verdicts = await settle(
      trial.asked.map(async ({ first, second }) => {
        const verdict = await judge(trial.context, first, second);
        pairs.push({ first: measureCandidate(first), second: measureCandidate(second), verdict });
        return verdict;
      }),
    );
    if (verdicts.some(({ winner }) => winner === 'missing')) return 'missing';
    if (verdicts.every(({ how }) => how !== 'judged')) return 'unasked';
    return trial.isWrong(verdicts) ? 'wrong' : 'right';
  }

  const probes = await settle(
    PROBES.map(async (probe) => outcomeOf(probe, await settle(probe.trials(scenes).map(run)))),
  );
  return { probes, bias: biasOf(pairs) };
}

function outcomeOf({ name, asks, atMost }: Probe, runs: readonly Run[]): ProbeOutcome {
  const count = (which: Run) => runs.filter((run) => run === which).length;
  const [missing, unasked] = [count('missing'), count('unasked')];
  const wrong = shareOf(count('wrong'), count('wrong') + count('right'));
  const isRead = runs.length > 0 && missing <= (runs.length - unasked) * MOST_MISSING;
  const outcome = isRead ? ((wrong.share ?? 0) > atMost ? 'fail' : 'pass') : 'unread';
  return { probe: name, asks, missing, unasked, wrong, atMost, outcome };
}

/** As `Promise.all`, but fails only when none of them runs any more. */
async function settle<Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
