import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading, Winner } from '../../../src/judge/verdict/verdict.ts';
import { labelIn } from '../../../src/lab/check/rules/grm.ts';
import { calledOf, grmLabel } from '../../../src/lab/export/grm/grm-label.ts';
import { jaccard } from '../../../src/lab/export/grm/pair-filter.ts';
import { choose, lengthPlace, noCounts, patternQuotas } from '../../../src/lab/export/grm/thinning.ts';

const winner = fc.constantFrom<Winner>('first', 'second', 'tie');
const side = fc.constantFrom('first', 'second');
/** Words of a judge, with names for candidates and signs that JSON minds. */
const words = fc
  .array(fc.constantFrom('[first]', '[second]', 'waits', '"so"', '\\', '{', '}', '```', 'cand', '\n'), {
    maxLength: 8,
  })
  .map((all) => all.join(' '));

const reading: fc.Arbitrary<Reading> = fc.record({
  violations: fc.constant([]),
  comparisons: fc.array(
    fc.record({
      principle: fc.integer({ min: 0, max: 9 }).map((n) => ({ name: `Principle ${n}` })),
      first: words,
      second: words,
      better: winner,
      degree: fc.constantFrom('slight', 'clear', 'significant'),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  reason: words,
  better: winner,
});

const turn = { name: 'm', segments: [{ kind: 'speech', text: 'Well.' }] } as const;

/** A label with the two candidates called each other’s names: the slow, obvious way. */
function turned(label: string): unknown {
  const [result] = JSON.parse(label.slice(8, -4)).result;
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/cand_([12])/gu, (_, n) => `cand_${n === '1' ? 2 : 1}`);
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key.replace(/^cand_([12])/u, (_, n) => `cand_${n === '1' ? 2 : 1}`),
        swap(one),
      ]),
    );
  };
  return swap(result);
}

test('the label of one order is that of the other with the names of candidates swapped, in every field', () => {
  fc.assert(
    fc.property(reading, side, (one, seenFirst) => {
      const pair = { first: turn, second: turn, reading: one, shownFirst: seenFirst, winner: one.better };
      const [first, second] = (['first', 'second'] as const).map((shown) =>
        grmLabel(pair, shown, { herEcho: false }),
      );
      expect(turned(first ?? '')).toEqual(JSON.parse((second ?? '').slice(8, -4)).result[0]);
      expect(labelIn(first ?? '')?.better_response).toBe(calledOf(one.better, 'first'));
      expect(first).not.toMatch(/\[(?:first|second)\]/);
    }),
  );
});

test('of a stream exactly as many are taken as are wanted, whatever is drawn', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 60 }),
      fc.nat(80),
      (draws, wanted) => {
        const choice = choose(wanted, draws.length);
        const taken = draws.filter((draw) => choice(draw)).length;
        expect(taken).toBe(Math.min(wanted, draws.length));
      },
    ),
  );
});

test('quotas take no more than there is, and sweeps no more than pairs with two sides, or 50', () => {
  const count = fc.nat(500);
  fc.assert(
    fc.property(count, count, count, count, count, (both, first, second, ties, none) => {
      const counts = {
        ...noCounts(),
        ...{
          'both-sides': both,
          'first-only': first,
          'second-only': second,
          'tie-only': ties,
          'no-winner': none,
        },
      };
      const quotas = patternQuotas(counts);
      for (const [pattern, quota] of Object.entries(quotas)) {
        expect(quota).toBeGreaterThanOrEqual(0);
        expect(quota).toBeLessThanOrEqual(counts[pattern as keyof typeof counts]);
      }
      expect(quotas['first-only'] + quotas['second-only']).toBe(Math.min(first + second, Math.max(both, 50)));
      expect(quotas['both-sides']).toBe(both);
    }),
  );
});

test('who is called first changes nothing of a pair’s place among lengths', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), winner, (gap, won) => {
      const other: Winner = won === 'tie' ? 'tie' : won === 'first' ? 'second' : 'first';
      expect(lengthPlace(won, gap)).toEqual(lengthPlace(other, -gap));
    }),
  );
});

test('shared words: the same whichever comes first, 1 for the same, 0 for nothing shared', () => {
  const text = fc
    .array(fc.constantFrom('rope', 'bell', 'tide', 'ferry', 'lamp'), { minLength: 1 })
    .map((all) => all.join(' '));
  const spoken = (said: string) => ({ segments: [{ kind: 'speech' as const, text: said }] });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [mine, theirs] = [new Set(one.split(' ')), new Set(other.split(' '))];
      const shared = [...mine].filter((word) => theirs.has(word)).length;
      const all = new Set([...mine, ...theirs]).size;
      expect(jaccard(spoken(one), spoken(other))).toBeCloseTo(shared / all);
      expect(jaccard(spoken(other), spoken(one))).toBe(jaccard(spoken(one), spoken(other)));
    }),
  );
});
