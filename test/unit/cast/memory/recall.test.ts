import { describe, expect, test } from 'vitest';
import { knowsAbout } from '../../../../src/cast/memory/knows.ts';
import { createRecall } from '../../../../src/cast/memory/recall.ts';
import type { Beat } from '../../../../src/scene/beat.ts';
import { createView, type View } from '../../../../src/scene/view.ts';
import { ada, bo, cy, enters, says, told, writtenLog } from '../../scene/written-log.ts';

const SMALL_TALK = [
  'The gulls are loud this evening.',
  'They always are before a storm.',
  'Rope, tar, and a cold supper.',
  'The ferryman lies less than the sky.',
  'Who would cross in such weather?',
  'Nobody with a warm bed.',
];

function viewOf(log: readonly Beat[], of = ada): View {
  const view = createView({ type: 'character', id: of.id });
  for (const beat of log) view.add(beat);
  return view;
}

const harbour = () =>
  writtenLog(
    enters(ada),
    enters(bo),
    says(bo, 'The brass key lies under the third step.'),
    says(ada, '(He should not say that aloud; Cy would sell it) Hush.'),
    ...SMALL_TALK.map((line, at) => says([ada, bo, cy][at % 3] ?? ada, line)),
    says(cy, 'Where did you hide the key?'),
  );

const ALL = { upTo: 100, limit: 4 };

describe('what is recalled', () => {
  test('is the older line that fits, and nothing newer than asked for', () => {
    const recall = createRecall(viewOf(harbour()));
    expect(told(recall.find('Where did you hide the key?', { upTo: 10, limit: 4 }))).toEqual([
      '3 The brass key lies under the third step.',
    ]);
    expect(recall.find('the key', { upTo: 2, limit: 4 })).toEqual([]);
  });

  test('is nothing where nothing telling is said', () => {
    const recall = createRecall(viewOf(harbour()));
    for (const line of ['Yes.', 'Well, then…', 'What do you think of it?', '', '*…*', 'Ada?', 'zebra']) {
      expect(recall.find(line, ALL)).toEqual([]);
    }
  });

  test('is found by one’s own thought, and by nobody else’s', () => {
    expect(
      createRecall(viewOf(harbour()))
        .find('sell', ALL)
        .map(({ n }) => n),
    ).toEqual([4]);
    expect(createRecall(viewOf(harbour(), bo)).find('sell', ALL)).toEqual([]);
  });

  test('leaves out what it is told to', () => {
    const recall = createRecall(viewOf(harbour()));
    expect(recall.find('brass key', { ...ALL, except: new Set([3, 11]) })).toEqual([]);
  });

  test('follows what is edited, taken back and chosen', () => {
    const log = harbour();
    const view = viewOf(log);
    const recall = createRecall(view);
    const find = (query: string) => recall.find(query, ALL).map(({ n }) => n);
    expect(find('brass')).toEqual([3]);
    const next = { at: 0, origin: 'local' as const, witnesses: [] };
    view.add({ ...next, n: 12, kind: 'amend', of: 3, segments: [{ kind: 'speech', text: 'Iron it is.' }] });
    expect([find('brass'), find('iron')]).toEqual([[], [3]]);
    view.add({ ...next, n: 13, kind: 'retract', of: 3 });
    expect(find('iron')).toEqual([]);
    expect(createRecall(view).find('gulls', ALL)).toEqual(recall.find('gulls', ALL));
  });

  test('in a script without spaces is found by neighbouring characters', () => {
    const log = writtenLog(
      enters(ada),
      says(bo, '钥匙藏在第三级台阶下。'),
      ...Array.from({ length: 8 }, (_, at) => says(bo, `海鸥今晚很吵 ${at}`)),
    );
    const recall = createRecall(viewOf(log));
    expect(recall.find('你把钥匙放哪里了？', ALL).map(({ n }) => n)).toEqual([2]);
    expect(recall.find('是的', ALL)).toEqual([]);
  });
});

describe('what is known', () => {
  test('of a topic are the best that fit, in log order; any word is enough', () => {
    const view = viewOf(harbour());
    expect(knowsAbout(view, 'the KEY', 9).map(({ n }) => n)).toEqual([3, 11]);
    expect(knowsAbout(view, 'brass supper', 9).map(({ n }) => n)).toEqual([3, 7]);
    expect(knowsAbout(view, 'brass key', 1).map(({ n }) => n)).toEqual([3]);
    expect(knowsAbout(view, 'brass key', Number.POSITIVE_INFINITY).map(({ n }) => n)).toEqual([3, 11]);
    expect(knowsAbout(view, 'anchor', 9)).toEqual([]);
  });

  test('without a topic is the newest', () => {
    const view = viewOf(harbour());
    expect(knowsAbout(view, '', 2).map(({ n }) => n)).toEqual([10, 11]);
    expect(knowsAbout(view, ' ', Number.POSITIVE_INFINITY)).toHaveLength(view.entries.length);
    expect(knowsAbout(view, '', 0)).toEqual([]);
  });

  test('of words that say nothing are the lines that have them', () => {
    expect(knowsAbout(viewOf(harbour()), 'who would', 9).map(({ n }) => n)).toEqual([8 + 1]);
  });

  test('is limited after what does not count is left out', () => {
    const counts = (n: number) => n !== 11;
    expect(knowsAbout(viewOf(harbour()), 'key', 1, counts).map(({ n }) => n)).toEqual([3]);
    expect(knowsAbout(viewOf(harbour()), '', 1, counts).map(({ n }) => n)).toEqual([10]);
  });
});
