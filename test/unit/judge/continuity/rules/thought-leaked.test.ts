import { expect, test } from 'vitest';
import type { Segment } from '../../../../../src/format/segments.ts';
import { thoughtLeaked } from '../../../../../src/judge/continuity/rules/thought-leaked.ts';
import { bareLine } from '../known-to.ts';

const turn = (thought: string, speech: string): Segment[] => [
  { kind: 'thought', text: thought },
  { kind: 'speech', text: speech },
];

test.each([
  [
    'the thought word for word',
    turn('He hid the ledger under the third stair.', 'Well. He hid the ledger under the third stair.'),
    'He hid the ledger under the third stair',
  ],
  [
    'in other signs and case',
    turn('the ferryman’s boy — drowned last winter', 'The Ferryman’s boy, drowned last winter!'),
    'The Ferryman’s boy, drowned last winter',
  ],
  [
    'in German',
    turn('Der Schlüssel liegt unter der dritten Stufe', 'Nun, der Schlüssel liegt unter der dritten Stufe.'),
    'der Schlüssel liegt unter der dritten Stufe',
  ],
  [
    'in a script without spaces',
    turn('账本藏在楼梯下面的石板里', '嗯，账本藏在楼梯下面的石板里。'),
    '账本藏在楼梯下面的石板里',
  ],
  [
    'five words of which two tell something',
    turn('All is under the third stair', 'What is under the third stair?'),
    'is under the third stair',
  ],
])('is found: %s', (_name, segments, quote) => {
  expect(thoughtLeaked(bareLine(segments))).toBe(quote);
});

test.each([
  ['a thought of other words', turn('She must not know of the ledger.', 'There is no ledger in this house.')],
  ['four words', turn('Look under the third stair', 'Go under the third stair.')],
  ['a few everyday words alike', turn('I do not know what he wants here.', 'I do not know what you mean.')],
  ['no thought at all', [{ kind: 'speech', text: 'He hid the ledger under the third stair.' }] as Segment[]],
])('is not found: %s', (_name, segments) => {
  expect(thoughtLeaked(bareLine(segments))).toBeUndefined();
});

test('what it does on purpose is no leak, and so is what was said openly before', () => {
  const thought: Segment = { kind: 'thought', text: 'Put the candle on the window sill at once.' };
  const act: Segment = { kind: 'action', text: 'puts the candle on the window sill at once' };
  expect(thoughtLeaked(bareLine([thought, act]))).toBeUndefined();
  const quoted = turn('“Meet me at the old mill tonight”, he said.', 'Meet me at the old mill tonight? No.');
  expect(thoughtLeaked(bareLine(quoted))).toBe('Meet me at the old mill tonight');
  expect(thoughtLeaked(bareLine(quoted, { heard: ['Meet me at the old mill tonight.'] }))).toBeUndefined();
});
