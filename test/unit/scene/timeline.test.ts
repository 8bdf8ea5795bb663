import { expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { activeBeats, createTimeline } from '../../../src/scene/timeline.ts';
import { ada, says, writtenLog } from './written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];
const line = says(ada, 'So.');
const rewind = (to: number): Draft => ({ kind: 'rewind', to });
const amend = (of: number): Draft => ({ kind: 'amend', of, segments: [] });
const retract = (of: number): Draft => ({ kind: 'retract', of });

test.each<[string, Draft[], number[]]>([
  ['all of it, where nothing was rewound', [line, line], [1, 2]],
  ['not what came after the target, nor the rewind', [line, line, rewind(1), line], [1, 4]],
  ['nothing after a rewind to the beginning', [line, line, rewind(0)], []],
  [
    'what stood before a stretch, where the target was left behind with it',
    [line, line, line, line, rewind(2), line, rewind(4), line],
    [1, 2, 8],
  ],
  [
    'what stood before it, where the target is the rewind itself',
    [line, line, rewind(1), line, rewind(3), line],
    [1, 6],
  ],
  [
    'what is between two stretches',
    [line, line, rewind(1), line, line, rewind(4), line, rewind(7), line],
    [1, 4, 7, 9],
  ],
  [
    'the first of many lines, after rewinds one after the other',
    [line, line, line, line, rewind(3), rewind(2), rewind(1), line],
    [1, 8],
  ],
  [
    'an abandoned edit or deletion of what still stands; its words are gone',
    [line, line, amend(1), retract(2), rewind(2)],
    [1, 2, 3, 4],
  ],
  ['no edit or deletion of what was abandoned, too', [line, line, amend(2), retract(2), rewind(1)], [1]],
  [
    'nothing else that was abandoned, of whatever it was',
    [line, { kind: 'pin', of: 1, on: true }, { kind: 'choose', of: 1, pick: 1 }, rewind(1)],
    [1],
  ],
])('of a log the story is %s', (_, drafts, story) => {
  expect(activeBeats(writtenLog(...drafts)).map(({ n }) => n)).toEqual(story);
});

test('a timeline is forked once anything was left behind', () => {
  const timeline = createTimeline();
  const [first, second] = writtenLog(line, rewind(1)) as [Beat, Beat];
  timeline.add(first);
  expect(timeline.forked).toBe(false);
  timeline.add(second);
  expect(timeline.forked).toBe(true);
});
