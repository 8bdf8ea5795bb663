import type { Call } from '../calls/call.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import type { EvalRun } from './eval-run.ts';
import type { UseTally } from './role-use.ts';

/** Counts how far a run is, and tells of every step. */
export function createProgress(
  run: Pick<EvalRun, 'data' | 'maxRounds' | 'times' | 'played' | 'progress'>,
  use: UseTally,
) {
  const began = performance.now();
  const scenes = { all: run.data.scenes.length, played: 0, judged: 0, failed: 0 };
  const judgements = DIMENSIONS.length * run.times;
  const perScene = (run.played ? 0 : 2 * run.maxRounds) + judgements;
  const calls = { all: 0, asked: 0, known: 0, expected: scenes.all * perScene };
  let [rounds, written] = [0, 0];

  function tell(): void {
    const { tokens, cost } = use;
    const ms = performance.now() - began;
    const tokensPerSecond = ms > 0 ? (1000 * written) / ms : 0;
    run.progress({
      ...{ scenes: { ...scenes }, calls: { ...calls } },
      ...{ rounds, tokens, tokensPerSecond, cost, ms },
    });
  }

  return {
    onCall({ usage }: Call, isNew: boolean) {
      calls.all += 1;
      calls[isNew ? 'asked' : 'known'] += 1;
      if (isNew) written += usage.completionTokens;
      calls.expected = Math.max(calls.expected, calls.all);
      tell();
    },
    onRound() {
      rounds += 1;
      tell();
    },
    /** @param took rounds: those that it did not need are asked of nobody */
    onPlayed(took: number) {
      scenes.played += 1;
      if (!run.played) calls.expected -= 2 * Math.max(0, run.maxRounds - took);
      tell();
    },
    onJudged() {
      scenes.judged += 1;
      tell();
    },
    onFailed() {
      scenes.failed += 1;
      tell();
    },
  };
}
