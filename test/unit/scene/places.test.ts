import { expect, test } from 'vitest';
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

test('what comes last is no change of what was there', () => {
  const places = createPlaces<Entry>();
  places.add(entry(1));
  places.add(entry(2));
  expect(places.revision).toBe(0);
  places.insert({ n: 5, versions: [entry(5)], standing: 5 });
  expect(places.revision).toBe(0);
});
