import { describe, expect, test } from 'vitest';
import type { Principle } from '../../../../src/judge/principles/principle.ts';
import {
  AGAIN,
  ANSWER_SCHEMA,
  ASK,
  principleLine,
  principleLists,
} from '../../../../src/judge/verdict/plain-words.ts';
import { MISSING } from '../../../../src/judge/verdict/verdict.ts';
import { strictFields } from '../strict-schema.ts';
import { PRINCIPLES } from './a-pair.ts';

const [FORBIDDEN, , WANTED] = PRINCIPLES as readonly [Principle, Principle, Principle];
const negative = PRINCIPLES.slice(0, 2);
const positive = PRINCIPLES.slice(2, 4);

const FAULTS = [
  '- out-of-character: Broken as out-of-character has it.',
  '- speaks-for-another: Broken as speaks-for-another has it.',
].join('\n');
const MERITS = [
  '- own-initiative: Asked for by own-initiative.',
  '- subtext-over-statement: Asked for by subtext-over-statement.',
].join('\n');

/** Each list under a heading of one line. */
const underHeadings = (...lists: readonly string[]) =>
  new RegExp(`^${lists.map((list) => `[^\\n]+:\\n${list}`).join('\\n\\n')}$`, 'u');

describe('principles', () => {
  test('stand in two lists, each with a heading: what breaks one, what another asks for', () => {
    expect(principleLists(negative, positive)).toMatch(underHeadings(FAULTS, MERITS));
  });

  test('of one kind alone have one list, and none have none', () => {
    expect(principleLists(negative, [])).toMatch(underHeadings(FAULTS));
    expect(principleLists([], positive)).toMatch(underHeadings(MERITS));
    expect(principleLists([], [])).toBe('');
  });

  test('have a line each, however they are written', () => {
    const words = ' She  waits\n\nfor him. ';
    expect(principleLine({ ...WANTED, asks: words })).toBe('- own-initiative: She waits for him.');
    expect(principleLine({ ...FORBIDDEN, breaks: words })).toBe('- out-of-character: She waits for him.');
  });
});

test('for each reason why an answer could not be used there are words of its own', () => {
  expect(Object.keys(AGAIN).toSorted()).toEqual(MISSING.toSorted());
  for (const why of MISSING) expect(AGAIN[why]).toContain('first answer');
  expect(new Set(Object.values(AGAIN)).size).toBe(MISSING.length);
});

test('the question names both candidates', () => {
  expect(ASK).toMatch(/KV and RZ/);
});

test('an answer says what was found before what follows from it, and nothing else', () => {
  const { violations, comparisons } = ANSWER_SCHEMA.properties;
  expect([violations, comparisons]).toMatchObject([{ maxItems: 4 }, { maxItems: 5 }]);
  expect(strictFields(ANSWER_SCHEMA)).toEqual([
    [
      'violations',
      [
        [
          ['principle', 'string'],
          ['evidence', 'string'],
          ['by', ['KV', 'RZ', 'both']],
        ],
      ],
    ],
    [
      'comparisons',
      [
        [
          ['principle', 'string'],
          ['KV', 'string'],
          ['RZ', 'string'],
          ['better', ['KV', 'RZ', 'tie']],
          ['degree', ['slight', 'clear', 'significant']],
        ],
      ],
    ],
    ['reason', 'string'],
    ['better', ['KV', 'RZ', 'tie']],
  ]);
});
