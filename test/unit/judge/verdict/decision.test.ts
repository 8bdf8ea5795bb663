import { describe, expect, test } from 'vitest';
import { objectsIn } from '../../../../src/format/answer-json.ts';
import { decisionIn } from '../../../../src/judge/verdict/decision.ts';

const CALLED = { labels: { first: 'Ash', second: 'Birch' }, shownFirst: 'first' } as const;

/** What is decided by an answer that holds these objects. */
function decided(...objects: readonly unknown[]) {
  const said = objects.map((one) => JSON.stringify(one)).join('\n');
  const decision = decisionIn(objectsIn(said).objects, CALLED);
  return typeof decision === 'string' ? decision : decision.winner;
}

describe('a decision', () => {
  test.each([
    'better',
    'better_response',
    'better candidate',
    'winner',
    'decision',
    'final_decision',
    'verdict',
    'choice',
    'preferred',
    'preference',
    'best',
  ])('may be called %s', (key) => {
    expect(decided({ [key]: 'Birch' })).toBe('second');
  });

  test.each([
    'result',
    'results',
    'response',
    'answer',
    'output',
    'json',
    'judgment',
    'judgement',
    'evaluation',
    'final_answer',
  ])('may lie in %s, or in a list there', (key) => {
    expect(decided({ [key]: { better: 'Ash' } })).toBe('first');
    expect(decided({ [key]: [{ note: 'x' }, { better: 'Ash' }] })).toBe('first');
  });

  test('may be the only entry of a list, or an object with one', () => {
    expect(decided({ better: ['Birch'] })).toBe('second');
    expect(decided({ verdict: { better: 'Birch' } })).toBe('second');
    expect(decided({ better: ['Ash', 'Birch'] })).toBe('shape');
  });

  test('is the surest of several in one object', () => {
    expect(decided({ winner: 'Ash', better: 'Birch' })).toBe('second');
  });

  test('is looked for behind empty ones', () => {
    expect(decided({ better: '', winner: 'Ash' })).toBe('first');
    expect(decided({ better: null, winner: 'Ash' })).toBe('first');
  });

  test('may be that both, or neither, is better', () => {
    expect(decided({ better: 'both' })).toBe('tie');
    expect(decided({ better: 'neither' })).toBe('tie');
  });

  test('lies no deeper than four objects, and nowhere else', () => {
    const within = (depth: number, key: string): unknown =>
      depth === 0 ? { better: 'Ash' } : { [key]: within(depth - 1, key) };
    expect(decided(within(4, 'result'))).toBe('first');
    expect(decided(within(5, 'result'))).toBe('shape');
    expect(decided(within(4, 'verdict'))).toBe('first');
    expect(decided(within(5, 'verdict'))).toBe('shape');
    expect(decided({ quote: { better: 'Ash' } })).toBe('shape');
    expect(decided()).toBe('shape');
  });

  test.each([
    { principle: 'p', better: 'Ash' },
    { principle_name: 'p', better: 'Ash' },
    { principleId: 'p', better: 'Ash' },
    { degree: 'clear', better: 'Ash' },
  ])('is none in an entry about one principle: %j', (entry) => {
    expect(decided(entry)).toBe('shape');
    expect(decided({ result: [entry] }, { better: 'Birch' })).toBe('second');
  });

  test('is of the two and no other, wherever it stands', () => {
    expect(decided({ better: 'Elm' })).toBe('third');
    expect(decided({ better: 'Elm' }, { better: 'Ash' })).toBe('third');
    expect(decided({ better: 'Ash' }, { better: 'Elm' })).toBe('third');
  });

  test('that is made twice is one only where both are the same', () => {
    expect(decided({ better: 'Ash' }, { better: 'Ash' })).toBe('first');
    expect(decided({ better: 'Ash' }, { better: 'Birch' })).toBe('contradiction');
  });
});
