import type { Call } from '../../calls/call.ts';
import type { Style, Work } from '../engine/style.ts';
import type { RoleTally } from './role-tally.ts';
import type { SelfplayProgress, SelfplayRun } from './selfplay-run.ts';

/** Counts how far a run is, and tells of every step. */
export function createProgress<W extends Work>(
  { models, times, progress }: Pick<SelfplayRun<W>, 'models' | 'times' | 'progress'>,
  { works }: Style<W>,
  tallies: ReadonlyMap<string, RoleTally>,
) {
  const began = performance.now();
  const dialogues = { all: works.length, judged: 0, failed: 0 };
  const exchanges = { all: works.reduce((sum, work) => sum + work.exchanges, 0), done: 0 };
  const perJudge = works.reduce((sum, work) => sum + Math.ceil(work.exchanges / work.perChunk), 0);
  const chunks = { all: perJudge * models.judges.length * times, done: 0 };
  const calls = { all: 0, asked: 0, known: 0 };

  function tell(): void {
    const costs = [...tallies.values()].flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
    const now: SelfplayProgress = {
      dialogues: { ...dialogues },
      exchanges: { ...exchanges },
      chunks: { ...chunks },
      calls: { ...calls },
      tokens: [...tallies.values()].reduce((sum, { tokens }) => sum + tokens, 0),
      cost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined,
      ms: performance.now() - began,
    };
    progress(now);
  }

  return {
    onCall(_call: Call, isNew: boolean): void {
      calls.all += 1;
      calls[isNew ? 'asked' : 'known'] += 1;
      tell();
    },
    onExchange(): void {
      exchanges.done += 1;
      tell();
    },
    onChunk(): void {
      chunks.done += 1;
      tell();
    },
    onJudged(): void {
      dialogues.judged += 1;
      tell();
    },
    onFailed(): void {
      dialogues.failed += 1;
      tell();
    },
  };
}
