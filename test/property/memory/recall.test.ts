import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knowsAbout } from '../../../src/cast/memory/knows.ts';
import { createRecall, textOf } from '../../../src/cast/memory/recall.ts';
import { termsOf } from '../../../src/cast/memory/terms.ts';
import { createVectors } from '../../../src/cast/memory/vectors.ts';
import { keepsakesOf } from '../../../src/engine/memory/keepsakes-of.ts';
import { memoryLine } from '../../../src/performer/prompt-line.ts';
import type { Beat } from '../../../src/scene/beat.ts';
import { createMinds } from '../../../src/scene/minds.ts';
import { activeBeats } from '../../../src/scene/timeline.ts';
import { createView, type View, type ViewEntry } from '../../../src/scene/view.ts';
import { createWindow } from '../../../src/scene/window.ts';
import { logOf, steps } from '../scene/log/log-of-beats.ts';
import { PEOPLE } from '../scene/log/scene-now.ts';
import { slowBm25 } from './slow-bm25.ts';

const EVERYTHING = { upTo: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY, weak: true };
const NOBODY = { publicSheet: () => '', inOpening: () => true };

/** Random views of the engine's kind, each with what looked at it all along. */
function watchedMinds(log: readonly Beat[], everySo: number) {
  const minds = createMinds();
  const watched = new Map<View, ReturnType<typeof watch>>();
  for (const [at, beat] of activeBeats(log).entries()) {
    minds.add(beat);
    for (const view of minds.people.values()) {
      const one = watched.get(view) ?? watch(view);
      watched.set(view, one);
      if (at % everySo > 0) continue;
      one.recall.find(everyWord(log), EVERYTHING);
      for (const entry of one.vectors.missing(beat.n, 9)) one.vectors.put(entry, vectorOf(entry));
    }
  }
  return { minds, watched };
}

function watch(view: View) {
  const window = createWindow(
    view,
    200,
    (entry) => textOf(entry),
    (entry) => memoryLine(entry, NOBODY),
  );
  return { recall: createRecall(view), vectors: createVectors(view), window };
}

function everyWord(log: readonly Beat[]): string {
  return JSON.stringify(log);
}

function vectorOf(entry: ViewEntry): Float32Array {
  return Float32Array.of(entry.n % 7, 1, entry.segments.length);
}

function marksIn(what: unknown): string[] {
  return JSON.stringify(what).match(/<[a-z]\d+>/g) ?? [];
}

describe('of a random log, whatever was edited, taken back, forgotten, swiped or rewound', () => {
  test('all that is recalled stands in the view, and all that stands there and has words is', () => {
    let found = 0;
    fc.assert(
      fc.property(steps(80), fc.integer({ min: 1, max: 20 }), (script, everySo) => {
        const log = logOf(script);
        const { watched } = watchedMinds(log, everySo);
        for (const [view, { recall, vectors }] of watched) {
          const recalled = recall.find(everyWord(log), EVERYTHING);
          const worded = view.entries.filter((entry) => termsOf(textOf(entry)).length > 0);
          expect([...recalled].sort((one, other) => one.n - other.n)).toEqual(worded);
          for (const entry of recalled) expect(view.at(entry.n)).toBe(entry);
          expect(recalled).toEqual(createRecall(view).find(everyWord(log), EVERYTHING));
          for (const entry of vectors.nearest(Float32Array.of(6, 1, 1), EVERYTHING)) {
            expect(view.at(entry.n)).toBe(entry);
          }
          found += recalled.length;
        }
      }),
    );
    expect(found).toBeGreaterThan(100);
  });

  test('no note, keepsake or answer of what is known holds a word that its view does not', () => {
    let found = 0;
    fc.assert(
      fc.property(steps(80), (script) => {
        const log = logOf(script);
        const { watched } = watchedMinds(log, 3);
        for (const [view, { window }] of watched) {
          const stands = new Set(marksIn(view.entries));
          const told = [
            window.read(),
            keepsakesOf(view, 2000),
            knowsAbout(view, everyWord(log), 50),
            knowsAbout(view, '', 50),
          ];
          for (const mark of marksIn(told)) {
            expect(stands).toContain(mark);
            found += 1;
          }
        }
      }),
    );
    expect(found).toBeGreaterThan(100);
  });

  test('what is kept for later evenings was for no ear alone, and is no other’s thought', () => {
    fc.assert(
      fc.property(steps(80), (script) => {
        const { minds } = watchedMinds(logOf(script), 5);
        for (const { id } of PEOPLE) {
          const view = minds.people.get(id);
          for (const { n } of view ? keepsakesOf(view, 2000) : []) {
            expect(view?.at(n)?.kind).not.toMatch(/whisper|told/);
          }
        }
      }),
    );
  });
});

const VOCABULARY = ['brass', 'key', 'step', 'boat', 'tide', 'rope', 'gull', 'storm', 'lamp', 'the', 'yes'];
const words = fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 8 }).map((list) => list.join(' '));
const operation = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'amend', 'retract'),
  words,
  at: fc.nat(99),
});

test('the order is that of BM25 by its definition, however the view came about', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), words, fc.nat(40), (operations, query, upTo) => {
      const view = createView({ type: 'environment' });
      const recall = createRecall(view);
      for (const [at, change] of operations.entries()) {
        view.add(beatOf(change, at + 1));
        if (change.at % 3 === 0) recall.find(change.words, EVERYTHING);
      }
      const texts = view.entries.map((entry) => ({ n: entry.n, text: textOf(entry) }));
      const best = slowBm25(texts, query).filter((n) => n <= upTo);
      expect(recall.find(query, { ...EVERYTHING, upTo }).map(({ n }) => n)).toEqual(best);
      expect(recall.find(query, { ...EVERYTHING, upTo, limit: 3 }).map(({ n }) => n)).toEqual(
        best.slice(0, 3),
      );
      for (const { n } of recall.find(query, { upTo, limit: 40 })) expect(best).toContain(n);
    }),
  );
});

function beatOf({ kind, words: text, at }: { kind: string; words: string; at: number }, n: number): Beat {
  const common = { n, at: n, origin: 'local' as const, witnesses: [] };
  const of = 1 + (at % n);
  if (kind === 'retract') return { ...common, kind, of };
  const segments = [{ kind: 'speech' as const, text }];
  if (kind === 'amend') return { ...common, kind, of, segments };
  return { ...common, kind: 'line', speaker: { id: 'character:bo', name: 'Bo' }, turn: `${n}`, segments };
}
