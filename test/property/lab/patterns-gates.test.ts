import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/lab/coser/words-of.ts';
import { krippendorffsAlpha } from '../../../src/lab/gates/agreement/alpha.ts';
import { createLengths } from '../../../src/lab/gates/survey/lengths.ts';
import { NEARLY, nearDuplicates } from '../../../src/lab/gates/survey/near-duplicates.ts';

test('lengths: what sorting all of them tells', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 80 }), (all) => {
      const lengths = createLengths();
      for (const one of all) lengths.add(one);
      const sorted = all.toSorted((a, b) => a - b);
      const rank = (share: number) => sorted[Math.max(1, Math.ceil(share * all.length)) - 1];
      expect(lengths.figures()).toMatchObject({
        ...{ n: all.length, median: rank(0.5), p95: rank(0.95), least: sorted[0], most: sorted.at(-1) },
      });
    }),
  );
});

test('near-duplicates: what holding each text against each tells', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b'), { minLength: 4, maxLength: 9 })
    .map((words) => words.join(' '));
  const threes = (one: string) => {
    const words = wordsOf(one);
    return new Set(words.length < 6 ? [] : words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')));
  };
  fc.assert(
    fc.property(fc.array(text, { maxLength: 9 }), (texts) => {
      const sets = texts.map(threes);
      const isAlike = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
        one.size > 0 && one.intersection(other).size / one.union(other).size >= NEARLY;
      const alike = sets.filter((one, at) => sets.some((other, to) => at !== to && isAlike(one, other)));
      const found = nearDuplicates(texts);
      expect([found.n, found.alike]).toEqual([sets.filter(({ size }) => size > 0).length, alike.length]);
    }),
  );
});

/** By its definition: pairs within items over pairs of all answers. */
function slowAlpha(items: readonly (readonly (number | undefined)[])[]): number | undefined {
  const told = items
    .map((answers) => answers.filter((one) => one !== undefined))
    .filter(({ length }) => length > 1);
  const all = told.flat();
  const apart = (answers: readonly number[]) => {
    let count = 0;
    for (const [at, one] of answers.entries()) {
      for (const [to, other] of answers.entries()) if (at !== to && one !== other) count += 1;
    }
    return count;
  };
  const expected = apart(all) / (all.length * (all.length - 1));
  if (!(expected > 0)) return undefined;
  const seen = told.reduce((sum, answers) => sum + apart(answers) / (answers.length - 1), 0) / all.length;
  return 1 - seen / expected;
}

test('nominal alpha is as its definition reads, answers missing or not', () => {
  const answer = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.array(answer, { minLength: 3, maxLength: 3 }), { maxLength: 12 }), (items) => {
      const [fast, slow] = [krippendorffsAlpha(items, 'nominal'), slowAlpha(items)];
      if (slow === undefined) expect(fast).toBeUndefined();
      else expect(fast).toBeCloseTo(slow, 9);
    }),
  );
});
