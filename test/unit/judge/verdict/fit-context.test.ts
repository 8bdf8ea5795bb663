import { describe, expect, test } from 'vitest';
import type { Principle } from '../../../../src/judge/principles/principle.ts';
import { cutTo, fitContext } from '../../../../src/judge/verdict/fit-context.ts';
import { principleLine } from '../../../../src/judge/verdict/plain-words.ts';
import type { JudgeContext } from '../../../../src/judge/verdict/verdict.ts';
import { weightOf } from '../../../../src/scene/weight-of.ts';
import { PRINCIPLES } from './a-pair.ts';

const EMPTY: JudgeContext = { speaker: 'Ada', sheet: '', setting: '', others: [], lines: [], note: '' };
/** Lines that weigh a hundred each. */
const lines = (count: number) => Array.from({ length: count }, (_, n) => `${n}`.padEnd(98, 'l'));
const other = { name: 'A', sheet: 'o'.repeat(96) };

function fitted(change: Partial<JudgeContext>, room: number) {
  return fitContext([], { ...EMPTY, ...change }, room).context;
}

describe('what a judge reads, in a room of a thousand', () => {
  test('is all of it where it just fits, and is then left alone', () => {
    const context = {
      ...EMPTY,
      sheet: 's'.repeat(350),
      setting: 't'.repeat(100),
      note: 'n'.repeat(150),
      others: [other],
      lines: lines(3),
    };
    expect(fitContext([], context, 1000).context).toBe(context);
    expect(fitContext([], { ...context, lines: lines(4) }, 1000).context.lines).toHaveLength(4);
    const crowded = { ...EMPTY, others: [{ name: 'A', sheet: 'o'.repeat(146) }] };
    expect(fitContext([], crowded, 1000).context).toBe(crowded);
  });

  test.each([
    ['sheet', 350],
    ['setting', 100],
    ['note', 150],
  ] as const)('has a %s of %i at most', (part, most) => {
    expect(fitted({ [part]: 'x'.repeat(most) }, 1000)[part]).toBe('x'.repeat(most));
    expect(fitted({ [part]: 'x'.repeat(most + 1) }, 1000)[part]).toBe(`${'x'.repeat(most - 1)}…`);
  });

  test('has as many of the others, from the first, as weigh 150', () => {
    const long = { name: 'B', sheet: 'o'.repeat(146) };
    expect(fitted({ others: [long] }, 1000).others).toEqual([long]);
    expect(fitted({ others: [other, long] }, 1000).others).toEqual([other]);
    expect(fitted({ others: [{ ...long, sheet: `${long.sheet}o` }] }, 1000).others).toEqual([]);
  });

  test('has the newest lines, nine hundred of them in any case', () => {
    expect(fitted({ lines: lines(20) }, 1000).lines).toEqual(lines(20).slice(-10));
    const sheet = 's'.repeat(350);
    expect(fitted({ lines: lines(20), sheet }, 1000).lines).toEqual(lines(20).slice(-9));
    expect(fitted({ lines: lines(80), sheet: 's'.repeat(4000) }, 10_000).lines).toEqual(lines(80).slice(-65));
  });

  test('has the start of the last line where no whole one fits', () => {
    const last = 'x'.repeat(2000);
    expect(fitted({ lines: ['once', 'before', last] }, 1000).lines).toEqual([`${'x'.repeat(999)}…`]);
    expect(fitted({ lines: ['before', last] }, 1000).lines).toEqual([`${'x'.repeat(999)}…`]);
    expect(fitted({ lines: [] }, 0).lines).toEqual([]);
  });
});

describe('of principles that do not all fit', () => {
  const house: Principle = { ...PRINCIPLES[2], source: 'server' } as Principle;
  const all = [...PRINCIPLES, { ...house, id: 'of-the-house' }];
  const weigh = (...ids: string[]) =>
    all
      .filter(({ id }) => ids.includes(id))
      .reduce((sum, principle) => sum + weightOf(principleLine(principle)) + 1, 0);
  const kept = (room: number) => {
    const { negative, positive } = fitContext(all, EMPTY, room);
    return [...negative, ...positive].map(({ id }) => id);
  };

  test('those that are broken come first', () => {
    expect(kept(weigh('out-of-character'))).toEqual(['out-of-character']);
    expect(kept(0)).toEqual([]);
  });

  test('then the house’s own, then one of each dimension, each where it stood', () => {
    const ids = ['out-of-character', 'speaks-for-another', 'of-the-house'];
    expect(kept(weigh(...ids))).toEqual(ids);
    const more = ['out-of-character', 'speaks-for-another', 'own-initiative', 'subtext-over-statement'];
    expect(kept(weigh(...more, 'of-the-house'))).toEqual([...more, 'of-the-house']);
    expect(kept(weigh(...all.map(({ id }) => id)))).toEqual(all.map(({ id }) => id));
  });

  test('none takes the room of the newest lines', () => {
    const context = { ...EMPTY, lines: lines(2) };
    const room = weigh('out-of-character') + 200;
    expect(fitContext(all, context, room).negative.map(({ id }) => id)).toEqual(['out-of-character']);
    expect(fitContext(all, context, room - 1).negative).toEqual([]);
    expect(fitContext(all, context, room - 1).context.lines).toHaveLength(2);
  });
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['ab cd', 4, 'ab…'],
  ['ab', 1, '…'],
  ['ab', 0, ''],
  ['字字字', 6, '字…'],
])('%j in %i is %j', (text, most, expected) => {
  expect(cutTo(text, most)).toBe(expected);
});
