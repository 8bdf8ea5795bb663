import { describe, expect, test } from 'vitest';
import { flawsOf, type Outcome } from '../../../bench/usable/verdict.ts';
import { wilson } from '../../../bench/usable/wilson.ts';

const GOOD: Outcome = {
  raw: '<role_action>nods</role_action>Good day to you.',
  ended: 'stop',
  faults: [],
  shown: 'nods Good day to you.',
};
const SCENE = { names: ['Hanne Brook', 'Der Reisende'], language: 'en', asJson: false } as const;

describe('a draft is usable', () => {
  test('where it has no flaw', () => {
    expect(flawsOf(GOOD, SCENE)).toEqual([]);
  });

  test.each<[string, Partial<Outcome>, string[]]>([
    ['a fault that the parser mends', { faults: ['plan-missing'] }, ['fault']],
    ['thrown away', { shown: '' }, ['nothing visible']],
    ['somebody else’s line', { raw: 'Good day.\nHanne Brook: And to you.' }, ['another voice']],
    ['a last name in front', { raw: '</system_thinking>Brook: And to you.' }, ['another voice']],
    ['cut off', { ended: 'length' }, ['cut off']],
    ['another language', { shown: 'Ich habe keine Zeit für dich und die Fähre.' }, ['language']],
    ['no language', { shown: 'Blar wozzle frim tandy quost.' }, ['language']],
  ])('but not with %s', (_, change, flaws) => {
    expect(flawsOf({ ...GOOD, ...change }, SCENE)).toEqual(flaws);
  });

  test('JSON is a fault only where it was not asked for', () => {
    const reply: Outcome = { ...GOOD, faults: ['json-reply'] };
    expect([flawsOf(reply, SCENE), flawsOf(reply, { ...SCENE, asJson: true })]).toEqual([['fault'], []]);
  });
});

test('the interval is Wilson’s', () => {
  const [low, high] = wilson(297, 300);
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.9710', '0.9966']);
  expect(wilson(0, 0)).toEqual([0, 1]);
  expect(wilson(10, 10)[1]).toBe(1);
});
