import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../../src/cast/memory/recall.ts';
import { memoryLine, promptLine } from '../../../src/performer/prompt-line.ts';
import { createMinds } from '../../../src/scene/minds.ts';
import { activeBeats } from '../../../src/scene/timeline.ts';
import type { View, ViewEntry } from '../../../src/scene/view.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';
import { createWindow, NOTE_WEIGHT, PINNED_WEIGHT, type Window } from '../../../src/scene/window.ts';
import { logOf, steps } from '../scene/log/log-of-beats.ts';

const PEOPLE = { publicSheet: () => '', inOpening: () => true };
const render = (entry: ViewEntry) => promptLine(entry, PEOPLE);
const brief = (entry: ViewEntry) => memoryLine(entry, PEOPLE);

/** What a window shows and what it folded away, by its definition: over all entries, anew. */
function slowWindow(entries: readonly ViewEntry[], budget: number) {
  const weight = (list: readonly ViewEntry[]) => list.reduce((sum, one) => sum + weightOf(render(one)), 0);
  const folded: ViewEntry[] = [];
  let shown: ViewEntry[] = [];
  for (const entry of entries.filter((one) => render(one))) {
    shown = [...shown, entry];
    if (weight(shown) <= budget) continue;
    let keep = 1;
    while (keep < shown.length && weight(shown.slice(-keep - 1)) <= budget / 2) keep += 1;
    folded.push(...shown.slice(0, -keep));
    shown = shown.slice(-keep);
  }
  return { shown, folded };
}

/** The newest that fit, one after the other. */
function slowPins(folded: readonly ViewEntry[], pins: ReadonlySet<number>): number[] {
  const kept: number[] = [];
  let room = PINNED_WEIGHT;
  for (const entry of folded.filter(({ n }) => pins.has(n)).toReversed()) {
    const weight = weightOf(render(entry));
    if (weight > room) continue;
    room -= weight;
    kept.unshift(entry.n);
  }
  return kept;
}

function marksIn(what: unknown): string[] {
  return JSON.stringify(what).match(/<[a-z]\d+>/g) ?? [];
}

describe('the windows of all minds of a random log, read now and then, with random pins', () => {
  test('show, fold away and keep in mind what the slow ones do, and no word that has gone', () => {
    let folds = 0;
    let kept = 0;
    let noted = 0;
    fc.assert(
      fc.property(
        steps(80),
        fc.integer({ min: 30, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(40), { minLength: 5, maxLength: 25 }),
        (script, budget, everySo, pinned) => {
          const pins = new Set<number>();
          const windows = new Map<View, Window>();
          const minds = createMinds();
          for (const [at, beat] of activeBeats(logOf(script)).entries()) {
            minds.add(beat);
            const pin = pinned[at];
            if (pin !== undefined) pins.add(pin);
            for (const view of minds.people.values()) {
              const window = windows.get(view) ?? createWindow(view, budget, render, brief, () => pins);
              windows.set(view, window);
              if (at % everySo === 0) window.read();
            }
          }
          for (const [view, window] of windows) {
            const content = window.read();
            const { shown, folded } = slowWindow(view.entries, budget);
            expect(content.lines.map(({ entry }) => entry)).toEqual(shown);
            expect([content.folded, content.foldedUpTo]).toEqual([folded.length, folded.at(-1)?.n ?? 0]);
            expect(content.pinned.map(({ entry }) => entry.n)).toEqual(slowPins(folded, pins));
            for (const { entry } of content.pinned) expect(view.at(entry.n)).toBe(entry);

            const beats = new Set(folded.map(({ n }) => n));
            expect(content.noted.every((n) => beats.has(n))).toBe(true);
            expect(content.dropped).toBe(folded.length - content.noted.length);
            expect(weightOf(content.note)).toBeLessThanOrEqual(NOTE_WEIGHT);
            expect(content.note === '').toBe(content.noted.length === 0);
            const stands = new Set(marksIn(view.entries.map(textOf)));
            expect(marksIn(content).filter((mark) => !stands.has(mark))).toEqual([]);
            folds += folded.length;
            kept += content.pinned.length;
            noted += content.noted.length;
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(Math.min(folds, kept, noted)).toBeGreaterThan(100);
  });
});
