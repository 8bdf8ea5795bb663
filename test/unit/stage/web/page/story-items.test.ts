import { expect, test } from 'vitest';
import { keyOf, type StoryItem, storyItems } from '../../../../../src/stage/web/page/story/story-items.ts';
import type { WireMoment } from '../../../../../src/stage/web/story-shapes.ts';

function moment(
  n: number,
  parent: number | undefined,
  now: boolean,
  more: Partial<WireMoment> = {},
): WireMoment {
  return { n, at: n, kind: 'line', words: `${n}`, ...(parent === undefined ? {} : { parent }), now, ...more };
}

/** Each item's name, and in brackets what is below it. */
function shape(items: readonly StoryItem[]): string {
  return items
    .map((item) => keyOf(item) + (item.children.length > 0 ? `(${shape(item.children)})` : ''))
    .join(' ');
}

test('the story is one run; what was left behind stands below the moment that it followed', () => {
  const moments = [
    moment(1, undefined, true),
    moment(2, 1, false),
    moment(3, 2, false),
    moment(5, 1, true),
    moment(6, 5, false),
  ];
  expect(shape(storyItems({ moments, saves: [] }))).toBe(
    'moment-1(left-2(moment-2 moment-3)) moment-5(left-6(moment-6))',
  );
});

test('a branch of a branch goes on with what came last, and the rest stands below', () => {
  const moments = [
    moment(1, undefined, true),
    moment(2, 1, false),
    moment(3, 2, false),
    moment(5, 2, false),
    moment(7, 1, true),
  ];
  expect(shape(storyItems({ moments, saves: [] }))).toBe(
    'moment-1(left-2(moment-2(left-3(moment-3)) moment-5)) moment-7',
  );
});

test('a story that began anew: the first one stands before it', () => {
  const moments = [moment(1, undefined, false), moment(3, undefined, true)];
  expect(shape(storyItems({ moments, saves: [] }))).toBe('left-1(moment-1) moment-3');
  expect(shape(storyItems({ moments: moments.slice(0, 1), saves: [] }))).toBe('left-1(moment-1)');
});

test('versions and saves stand at their moment; of a stretch its end is looked at', () => {
  const versions = [
    { n: 1, words: 'a', stands: false },
    { n: 2, words: 'b', stands: true },
  ];
  const items = storyItems({
    moments: [moment(1, undefined, true, { versions }), moment(4, 1, false), moment(5, 4, false)],
    saves: [{ name: 'Here', beat: 1 }],
  });
  expect(shape(items)).toBe('moment-1(version-1 version-2 left-4(moment-4 moment-5))');
  expect(items[0]?.saves).toEqual(['Here']);
  expect(items[0]?.children[2]?.beat).toBe(5);
});
