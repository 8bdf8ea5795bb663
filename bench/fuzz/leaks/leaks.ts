import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Fuzz, FuzzResult } from '../fuzz-run.ts';
import { parseAndView } from './parse-and-view.ts';
import { playRound } from './round.ts';
import { createTally, type Tally } from './tally.ts';

/** Turns of the parser and the views for each one that is played over the wires. */
const ALONE = 10;
const TURNS_A_ROUND = 600;

const RESULTS = new URL('../../results/', import.meta.url);
const stateSchema = z.object({
  played: z.int(),
  alone: z.int(),
  lost: z.int(),
  rejected: z.int(),
  leaks: z.array(z.string()),
  kinds: z.record(z.string(), z.int()),
});

export const leaks: Fuzz = {
  name: 'leaks',
  about:
    'hostile turns over both wires, and ten times as many through parser and views: nothing hidden is seen, nothing visible is lost',
  count: 100_000,
  async run({ count, seed, sabotage = false, resume = false }): Promise<FuzzResult> {
    const file = new URL(`leaks-${seed}.json`, RESULTS);
    const state =
      resume && existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : fresh();

    function add(tally: Tally, to: 'played' | 'alone'): void {
      state[to] += tally.turns;
      state.lost += tally.lost;
      state.rejected += tally.rejected;
      state.leaks.push(...tally.leaks.slice(0, 100));
      for (const [kind, times] of Object.entries(tally.kinds))
        state.kinds[kind] = (state.kinds[kind] ?? 0) + times;
      if (!resume) return;
      mkdirSync(RESULTS, { recursive: true });
      writeFileSync(file, JSON.stringify(state));
    }

    while (state.played < count) {
      const tally = createTally();
      const round = seed * 100_000 + state.played;
      await playRound(round, Math.min(TURNS_A_ROUND, count - state.played), sabotage, tally);
      add(tally, 'played');
      if (sabotage && tally.leaks.length > 0) break;
      if (count > TURNS_A_ROUND)
        process.stderr.write(`${state.played} of ${count} turns, ${state.leaks.length} leaks\n`);
    }
    while (state.alone < count * ALONE) {
      const tally = createTally();
      parseAndView(
        seed * 100_000_000 + state.alone,
        Math.min(50_000, count * ALONE - state.alone),
        sabotage,
        tally,
      );
      add(tally, 'alone');
      if (sabotage && tally.leaks.length > 0) break;
    }
    if (resume && state.leaks.length === 0) rmSync(file, { force: true });
    const { played, alone, lost, rejected, kinds } = state;
    const faults = [
      ...state.leaks,
      ...(lost > 0 ? [`${lost} well-formed turns lost a part`] : []),
      ...(rejected > 0 ? [`${rejected} well-formed turns were rejected`] : []),
    ];
    return {
      figures: {
        turns: played,
        leaks: state.leaks.length,
        lost,
        rejected,
        alone,
        kinds: Object.keys(kinds).length,
      },
      faults,
    };
  },
};

function fresh(): z.infer<typeof stateSchema> {
  return { played: 0, alone: 0, lost: 0, rejected: 0, leaks: [], kinds: {} };
}
