import { describe, expect, test } from 'vitest';
import { NO_PRINCIPLE, settleReading } from '../../../../src/judge/verdict/settle-reading.ts';
import type { Comparison, Degree, Violation, Winner } from '../../../../src/judge/verdict/verdict.ts';

const fault = (name: string, by: Violation['by']): Violation => ({ principle: { name }, by, evidence: '' });
const merit = (name: string, better: Winner, degree: Degree = 'clear'): Comparison => ({
  principle: name === '' ? NO_PRINCIPLE : { name },
  first: '',
  second: '',
  better,
  degree,
});

/** Who is better, and what decided that. */
function settled(decided: Winner, violations: readonly Violation[], comparisons: readonly Comparison[] = []) {
  const reading = settleReading({ violations, comparisons, reason: '' }, decided);
  return typeof reading === 'string' ? reading : [reading.better, reading.deciding?.name];
}

describe('faults', () => {
  test.each([
    [[fault('one', 'both')]],
    [[fault('one', 'both'), fault('two', 'first')]],
    [[fault('one', 'both'), fault('two', 'second')]],
    [[fault('one', 'second'), fault('two', 'first')]],
  ])('of both sides are a tie, whatever was decided: %j', (violations) => {
    for (const decided of ['first', 'second', 'tie'] as const) {
      expect(settled(decided, violations, [merit('own', 'first')])).toEqual(['tie', 'one']);
    }
  });

  test('of one side decide against it, and against a decision for it', () => {
    const violations = [fault('one', 'first'), fault('two', 'first')];
    expect(settled('second', violations)).toEqual(['second', 'one']);
    expect(settled('tie', violations)).toEqual(['second', 'one']);
    expect(settled('first', violations)).toBe('contradiction');
    expect(settled('second', [fault('one', 'second')])).toBe('contradiction');
  });
});

describe('merits', () => {
  test('decide by the weightiest that the better side won, the first of equals', () => {
    const merits = [
      merit('theirs', 'second', 'significant'),
      merit('small', 'first', 'slight'),
      merit('large', 'first'),
      merit('other', 'first'),
    ];
    expect(settled('first', [], merits)).toEqual(['first', 'large']);
    expect(settled('second', [], merits)).toEqual(['second', 'theirs']);
    expect(settled('tie', [], merits)).toEqual(['tie', undefined]);
    expect(settled('first', [])).toEqual(['first', undefined]);
  });

  test('that were all the other side’s contradict a decision', () => {
    expect(settled('first', [], [merit('one', 'second'), merit('two', 'tie')])).toBe('contradiction');
    expect(settled('first', [], [merit('one', 'tie')])).toEqual(['first', undefined]);
  });

  test('by no principle count, and are not shown', () => {
    expect(settled('first', [], [merit('', 'second')])).toBe('contradiction');
    expect(settled('first', [], [merit('', 'first', 'significant'), merit('one', 'first')])).toEqual([
      'first',
      'one',
    ]);
    const reading = settleReading({ violations: [], comparisons: [merit('', 'first')], reason: '' }, 'first');
    expect(reading).toMatchObject({ comparisons: [] });
  });
});
