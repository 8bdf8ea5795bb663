import { describe, expect, test } from 'vitest';
import { cutText, inBrief } from '../../../src/scene/in-brief.ts';
import type { ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';

function line(...segments: ViewEntry['segments']): ViewEntry {
  return { n: 1, kind: 'line', own: true, segments };
}

const about = (word: string) => (sentence: string) => (sentence.includes(word) ? 1 : 0);
const LONG = line(
  { kind: 'thought', text: 'He should not have said it. Cy would sell the key.' },
  { kind: 'action', text: 'shuts the door' },
  { kind: 'speech', text: 'It rains. The brass key lies under the third step! Who told you? Nobody did.' },
);

describe('an entry in brief', () => {
  test('is the entry itself where it fits', () => {
    expect(inBrief(LONG, 1000, () => 0)).toBe(LONG);
  });

  test('holds what is worth most, each as what it was, with an ellipsis for the rest', () => {
    expect(inBrief(LONG, 50, about('brass')).segments).toEqual([
      { kind: 'speech', text: 'The brass key lies under the third step! …' },
    ]);
    expect(inBrief(LONG, 75, about('key')).segments).toEqual([
      { kind: 'thought', text: 'Cy would sell the key. …' },
      { kind: 'speech', text: 'The brass key lies under the third step! …' },
    ]);
  });

  test('is its beginning where all is worth the same', () => {
    expect(inBrief(LONG, 40, () => 0).segments).toEqual([
      { kind: 'thought', text: 'He should not have said it. …' },
    ]);
  });

  test('is the entry itself where it just fits', () => {
    const entry = line({ kind: 'action', text: 'nods' }, { kind: 'speech', text: 'Yes.' });
    expect(inBrief(entry, 8, () => 0)).toBe(entry);
  });

  test('has one ellipsis where a sentence is cut, and none where all of a segment is there', () => {
    const entry = line(
      { kind: 'action', text: 'Nods. ' },
      { kind: 'speech', text: 'There is no end to what I could tell of it. None.' },
    );
    expect(inBrief(entry, 40, about('Nods')).segments).toEqual([
      { kind: 'action', text: 'Nods.' },
      { kind: 'speech', text: 'None. …' },
    ]);
    expect(inBrief(entry, 30, about('end')).segments).toEqual([
      { kind: 'speech', text: 'There is no end to what…' },
    ]);
  });

  test('never weighs more than it may, in whatever script', () => {
    const heavy = line(
      { kind: 'action', text: '他把杯子转了四分之一圈。' },
      { kind: 'speech', text: `钥匙在第三级台阶下。${'海鸥今晚很吵，'.repeat(20)}` },
    );
    for (const entry of [LONG, heavy]) {
      for (let limit = 20; limit < 160; limit += 1) {
        const { segments } = inBrief(entry, limit, about('key'));
        expect(segments.length).toBeGreaterThan(0);
        expect(segments.reduce((sum, { text }) => sum + weightOf(text), 0)).toBeLessThanOrEqual(limit);
      }
    }
  });
});

test.each([
  ['short', 10, 'short'],
  ['short', 5, 'short'],
  ['abc defgh', 7, 'abc de…'],
  ['a bcdefghij', 8, 'a bcdef…'],
  ['the brass key', 10, 'the brass…'],
  ['The brass key lies here.', 12, 'The brass…'],
  ['A bcdefghijklmnop', 12, 'A bcdefghij…'],
  ['an-endless-word', 8, 'an-endl…'],
  ['𝒜𝒜𝒜𝒜', 7, '𝒜…'],
])('%j in %i is %j', (text, limit, expected) => {
  expect(cutText(text, limit)).toBe(expected);
});

test('empty lines between sentences are no sentences', () => {
  const text = 'Copper rings.\n\n\nTin sings.\n\n\nLead lies still at the bottom of it.';
  const brief = inBrief(
    { n: 1, kind: 'line', own: false, segments: [{ kind: 'speech', text }] },
    45,
    (sentence) => (sentence.startsWith('Lead') ? 0 : 1),
  );
  expect(brief.segments).toEqual([{ kind: 'speech', text: 'Copper rings. Tin sings. …' }]);
});
