import { describe, expect, test } from 'vitest';
import type { Judged } from '../../../../../src/lab/judge/figures/judged.ts';
import { rankingSvg } from '../../../../../src/lab/judge/figures/ranking-svg.ts';
import { summaryOf } from '../../../../../src/lab/judge/figures/summary.ts';

const OUTCOME = {
  type: 'read',
  reading: { violations: [], comparisons: [], reason: '', better: 'first' },
} as const;

function judged(first: string, second: string, at: number): Judged {
  const orders = (['first', 'second'] as const).map((shownFirst) => ({
    shownFirst,
    outcome: OUTCOME,
    attempts: 1,
    usage: [],
  }));
  return {
    judge: 'j',
    pairId: String(at),
    scene: `s${at % 3}`,
    duel: { first, second, winner: 'first', lengths: { first: 5, second: 4 } },
    first: { length: 5, pattern: 'S' },
    second: { length: 4, pattern: 'S' },
    verdict: { how: 'judged', winner: 'first', flipped: false, orders },
    pending: false,
  };
}

const svgOf = (judge: string, all: readonly Judged[]) =>
  rankingSvg(summaryOf(all.length, [{ judge, prompt: 'p', judged: all }], 1).judges);

describe('the picture of a ranking', () => {
  test('has a name, two points and their intervals for each model', () => {
    const svg =
      svgOf(
        'j',
        Array.from({ length: 9 }, (_, at) => judged('one', 'two', at)),
      ) ?? '';
    expect(svg).toContain('>one</text>');
    expect(svg.match(/<circle/g)).toHaveLength(2 * 2 + 2);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('names are text, whatever stands in them', () => {
    const evil = '</text><script>&"\u0000\u{10ffff}';
    const svg = svgOf(evil, [judged(evil, 'b', 0), judged('b', evil, 1)]) ?? '';
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;&quot;�');
  });

  test('there is none where no two models met', () => {
    expect(svgOf('j', [judged('one', 'one', 0)])).toBeUndefined();
  });
});
