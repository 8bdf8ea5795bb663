import { describe, expect, test } from 'vitest';
import { createPlaces } from '../../../src/scene/places.ts';

type Entry = { readonly n: number; readonly text: string };

const entry = (n: number, text = `${n}`): Entry => ({ n, text });

/** What somebody knows who reads what is new, and again what is told to have changed. */
function follower(places: ReturnType<typeof createPlaces<Entry>>) {
  const known = new Map<number, string>();
  let revision = places.revision;
  let upTo = 0;
  return () => {
    for (const n of places.changedSince(revision)) {
      const now = places.at(n);
      if (now) known.set(n, now.text);
      else known.delete(n);
    }
    revision = places.revision;
    for (const { n, text } of places.entries) if (n > upTo) known.set(n, text);
    upTo = Math.max(upTo, places.entries.at(-1)?.n ?? 0);
    return [...known].sort(([one], [other]) => one - other).map(([n, text]) => entry(n, text));
  };
}

test('who follows the entries learns of one that comes anew where nothing stands any more', () => {
  const places = createPlaces<Entry>();
  const read = follower(places);
  for (const n of [1, 2, 3]) places.add(entry(n));
  read();
  places.clear();
  read();
  places.insert({ n: 3, versions: [entry(3)], standing: 3 });
  expect(places.entries).toEqual([entry(3)]);
  expect(read()).toEqual([entry(3)]);
});

test('and of one that nobody perceived, which reads differently when what came after it is gone', () => {
  const places = createPlaces<Entry>(({ text }) => text !== '');
  const read = follower(places);
  places.add(entry(1));
  places.add(entry(2, ''));
  places.add(entry(3));
  read();
  places.retract(3);
  places.amend(2, () => entry(2, 'after all'));
  expect(read()).toEqual([entry(1), entry(2, 'after all')]);
});

test('what comes last is no change of what was there, nor is what nobody perceives', () => {
  const places = createPlaces<Entry>(({ text }) => text !== '');
  places.add(entry(1));
  places.add(entry(2));
  expect(places.revision).toBe(0);
  places.insert({ n: 5, versions: [entry(5)], standing: 5 });
  places.insert({ n: 3, versions: [entry(3, '')], standing: 3 });
  expect(places.revision).toBe(0);
  expect(places.entries).toEqual([entry(1), entry(2), entry(5)]);
});

test('each change is told of, and since when', () => {
  const places = createPlaces<Entry>();
  for (const n of [1, 2, 3]) places.add(entry(n));
  places.amend(1, () => entry(1, 'first'));
  places.amend(2, () => entry(2, 'second'));
  places.retract(3);
  expect(places.changedSince(0)).toEqual([1, 2, 3]);
  expect(places.changedSince(1)).toEqual([2, 3]);
  expect(places.revision).toBe(3);
});

describe('a line with swipes', () => {
  /** Beat 1 and its swipes 2 and 3. */
  function withSwipes() {
    const places = createPlaces<Entry>();
    places.add(entry(1));
    places.add(entry(2), 1);
    places.add(entry(3), 1);
    return places;
  }

  test('is one place, of which each of them is a version', () => {
    const places = withSwipes();
    const all = { n: 1, versions: [entry(1), entry(2), entry(3)], standing: 1 };
    expect([1, 2, 3].map(places.place)).toEqual([all, all, all]);
    expect(places.entries).toEqual([entry(1)]);
  });

  test('does not change where a swipe that waits is edited, and no other version is', () => {
    const places = withSwipes();
    places.amend(2, () => entry(2, 'edited'));
    expect(places.place(1)?.versions).toEqual([entry(1), entry(2, 'edited'), entry(3)]);
    expect(places.revision).toBe(0);
  });

  test('does not change where what stands is chosen, or what is no version of it', () => {
    const places = withSwipes();
    places.add(entry(4));
    for (const pick of [1, 4]) places.choose({ of: 1, pick });
    expect(places.revision).toBe(0);
    expect(places.entries).toEqual([entry(1), entry(4)]);
  });

  test('keeps the version that stands where one that waits is deleted', () => {
    const places = withSwipes();
    places.choose({ of: 1, pick: 3 });
    places.retract(2);
    expect(places.place(2)).toBeUndefined();
    expect(places.place(1)).toEqual({ n: 1, versions: [entry(1), entry(3)], standing: 3 });
    expect(places.entries).toEqual([entry(1, '3')]);
    places.retract(3);
    expect(places.place(1)).toEqual({ n: 1, versions: [entry(1)], standing: 1 });
    expect(places.entries).toEqual([entry(1)]);
  });

  test('is gone with them where it is deleted, and where all is forgotten', () => {
    const [deleted, cleared] = [withSwipes(), withSwipes()];
    deleted.retract(1);
    cleared.clear();
    for (const places of [deleted, cleared]) {
      expect([1, 2, 3].map(places.place)).toEqual([undefined, undefined, undefined]);
      places.amend(1, () => entry(1, 'edited'));
      expect(places.entries).toEqual([]);
    }
    cleared.add(entry(4));
    cleared.insert({ n: 1, versions: [entry(1)], standing: 1 });
    expect(cleared.place(2)).toBeUndefined();
  });
});
