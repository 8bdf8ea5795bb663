import { describe, expect, test } from 'vitest';
import { eveningOfMany } from './soak/evening-of-many.ts';

// `SOAK_MOVES=20000 npm test -- test/integration/engine/soak.test.ts` is the long form.
const MOVES = Number(process.env['SOAK_MOVES'] ?? 400);
const SEEDS = [1, 2, 3];

describe('ten players and eight characters in three rooms', () => {
  test.each(SEEDS)(
    'evening %i: nobody knows what they did not witness, nothing is doubled or overspent',
    async (seed) => {
      const evening = await eveningOfMany(seed, MOVES);
      expect(evening.prompts).toBeGreaterThan(MOVES / 4);
      expect(evening.leaks).toEqual([]);
      expect(evening.shown).toEqual([]);
      expect(evening.doubled).toEqual([]);
      expect(evening.overspent).toEqual([]);
    },
  );
}, 120_000);
