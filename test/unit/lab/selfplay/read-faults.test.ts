import { describe, expect, test } from 'vitest';
import type { Chunk, Message } from '../../../../src/lab/selfplay/engine/message.ts';
import { readFaults } from '../../../../src/lab/selfplay/minimax/read-faults.ts';

const line = (by: Message['by'], text: string): Message => ({ by, text, segments: [], given: false });
const chunk = (...texts: string[]): Chunk => ({
  number: 2,
  exchanges: texts.map((text, at) => ({
    number: at + 11,
    user: line('user', 'Well?'),
    actor: line('actor', text),
  })),
  before: [],
});
const fault = (change: Record<string, unknown> = {}) => ({
  turn: 11,
  quote: 'some words',
  what: 'wrong',
  kind: 'logic',
  severity: 'minor',
  ...change,
});
const answer = (...faults: unknown[]) => JSON.stringify({ faults });

test('no fault is a hundred everywhere', () => {
  const read = readFaults('Here you are: {"faults": []}', chunk('One.', 'Two.'));
  expect(read?.flaws).toEqual([]);
  expect(Object.values(read?.marks ?? {})).toEqual(Array.from({ length: 6 }, () => [100, 100]));
});

test('faults of a turn add up, down to 0; kinds and grades are read whatever their case', () => {
  const read = readFaults(
    answer(
      fault(),
      fault({ severity: 'CLEAR' }),
      fault({ turn: '12', kind: 'Content Logic', severity: 'grave' }),
      fault({ turn: 12, kind: 'content_logic' }),
    ),
    chunk('One.', 'Two.'),
  );
  expect(read?.marks).toMatchObject({ logic: [25, 100], content_logic: [100, 0], basics: [100, 100] });
});

test('a turn that came to nothing is held against the model without a judge', () => {
  expect(readFaults(answer(), chunk('One.', ''))?.marks).toMatchObject({
    basics: [100, 0],
    interaction: [100, 0],
    logic: [100, 100],
  });
});

test('faults of turns that are not there are counted, and cost nothing', () => {
  const read = readFaults(answer(fault({ turn: 3 }), fault({ turn: 99 })), chunk('One.'));
  expect(read).toMatchObject({ misplaced: 2, flaws: [], marks: { logic: [100] } });
});

describe('is never guessed', () => {
  test.each([
    ['prose', 'It was good.'],
    ['no list', '{"verdict": "fine"}'],
    ['a list of words', '{"faults": ["bad"]}'],
    ['broken off', '{"faults": [{"turn": 11, "what": "x"'],
    ['no turn', answer(fault({ turn: undefined }))],
    ['half a turn', answer(fault({ turn: 11.5 }))],
    ['another kind', answer(fault({ kind: 'style' }))],
    ['another grade', answer(fault({ severity: 'terrible' }))],
    ['two that differ', `${answer()} ${answer(fault())}`],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(readFaults(text, chunk('One.'))).toBeUndefined();
  });
});

test('the same list twice is that list', () => {
  expect(readFaults(`${answer(fault())}\n${answer(fault())}`, chunk('One.'))?.marks).toMatchObject({
    logic: [75],
  });
});

test('a quote that does not stand in its turn is counted; marks and letter case do not matter', () => {
  const read = readFaults(
    answer(fault({ quote: 'the TIDE, is' }), fault({ quote: 'another boat' }), fault({ quote: '' })),
    chunk('*sighs* “The tide is out.”'),
  );
  expect(read?.misquoted).toBe(1);
});
