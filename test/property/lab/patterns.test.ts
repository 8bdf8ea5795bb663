import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '../../../src/format/segments.ts';
import { wordsOf } from '../../../src/lab/coser/words-of.ts';
import { createBoundedCounts } from '../../../src/lab/patterns/bounded-counts.ts';
import { createCollapseMonitor } from '../../../src/lab/patterns/collapse-monitor.ts';
import { entropyOf } from '../../../src/lab/patterns/entropy.ts';
import { patternOf } from '../../../src/lab/patterns/pattern.ts';
import { selfBleu } from '../../../src/lab/patterns/self-bleu.ts';

/** Few words, so that they meet. */
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 }).map((words) => words.join(' '));

/** Self-BLEU as its definition reads, text by text and gram by gram. */
function slowSelfBleu(texts: readonly string[]): number | undefined {
  const all = texts.map(wordsOf).filter(({ length }) => length > 0);
  if (all.length < 2) return undefined;
  const grams = (words: readonly string[], order: number) =>
    words
      .slice(0, Math.max(0, words.length - order + 1))
      .map((_, at) => words.slice(at, at + order).join('\u0000'));
  const times = (list: readonly string[], one: string) => list.filter((gram) => gram === one).length;
  const scores = all.map((words, at) => {
    const others = all.filter((_, place) => place !== at);
    const precisions: number[] = [];
    for (let order = 1; order <= Math.min(4, words.length); order += 1) {
      const own = grams(words, order);
      let matched = 0;
      for (const gram of new Set(own)) {
        const most = Math.max(...others.map((other) => times(grams(other, order), gram)));
        matched += Math.min(times(own, gram), most);
      }
      if (order === 1 && matched === 0) return 0;
      precisions.push((matched === 0 ? 0.1 : matched) / own.length);
    }
    const nearest = others
      .map(({ length }) => length)
      .sort((a, b) => Math.abs(a - words.length) - Math.abs(b - words.length) || a - b)[0];
    const brevity = words.length >= (nearest ?? 0) ? 1 : Math.exp(1 - (nearest ?? 0) / words.length);
    return brevity * precisions.reduce((product, one) => product * one, 1) ** (1 / precisions.length);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

test('Self-BLEU is as its definition reads', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 7 }), (texts) => {
      const [fast, slow] = [selfBleu(texts), slowSelfBleu(texts)];
      if (slow === undefined) expect(fast).toBeUndefined();
      else expect(fast).toBeCloseTo(slow, 9);
    }),
    { numRuns: 300 },
  );
});

test('Self-BLEU does not hang on the order of the texts', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 7 }), (texts) => {
      const [one, other] = [selfBleu(texts), selfBleu(texts.toReversed())];
      if (one === undefined) expect(other).toBeUndefined();
      else expect(other).toBeCloseTo(one, 9);
    }),
  );
});

test('entropy lies between none and that of equals, which has most', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }), (counts) => {
      const bits = entropyOf(counts);
      expect(bits).toBeGreaterThanOrEqual(0);
      expect(bits).toBeLessThanOrEqual(Math.log2(counts.length) + 1e-9);
    }),
  );
});

test('bounded counts are exact for names that are told apart, and lose nothing', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 60 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 7 }), (all, most) => {
      const counts = createBoundedCounts({ most });
      for (const name of all) counts.add(name);
      const known = [...new Set(all)].slice(0, most);
      expect(new Map(counts.top(100).map(({ name, count }) => [name, count]))).toEqual(
        new Map(known.map((name) => [name, all.filter((one) => one === name).length])),
      );
      expect(counts.n).toBe(all.length);
      expect(counts.other).toBe(all.filter((name) => !known.includes(name)).length);
    }),
  );
});

test('the monitor tells of its window what counting the window tells', () => {
  const kind = fc.constantFrom('thought', 'action', 'speech');
  const turn: fc.Arbitrary<readonly Segment[]> = fc.array(
    kind.map((one) => ({ kind: one, text: 'x' })),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 80 }), fc.integer({ min: 1, max: 30 }), (turns, window) => {
      const monitor = createCollapseMonitor({ window, alarmAt: 0.5 });
      for (const one of turns) monitor.add(one, 'some words');
      const patterns = turns.slice(-window).map(patternOf);
      const counts = [...Map.groupBy(patterns, (one) => one).values()].map(({ length }) => length);
      const { n, distinct, top1Share, entropy } = monitor.figures();
      expect(n).toBe(patterns.length);
      expect(distinct).toBe(counts.length);
      expect(top1Share).toBeCloseTo(n === 0 ? 0 : Math.max(...counts) / n);
      expect(entropy).toBeCloseTo(entropyOf(counts));
    }),
  );
});
