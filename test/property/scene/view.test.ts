import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { createMinds } from '../../../src/scene/minds.ts';
import { activeBeats } from '../../../src/scene/timeline.ts';
import { type Audience, createView, type ViewEntry } from '../../../src/scene/view.ts';
import { createWindow } from '../../../src/scene/window.ts';
import { logOf, steps } from './log/log-of-beats.ts';
import { PEOPLE } from './log/scene-now.ts';
import { perceived } from './model/perceived.ts';
import { storyOf } from './model/story.ts';
import { plain } from './truth.ts';

const person = fc.constantFrom(...PEOPLE.map(({ id }) => id));

function viewOf(story: readonly Beat[], audience: Audience): readonly ViewEntry[] {
  const view = createView(audience);
  for (const beat of story) view.add(beat);
  return view.entries;
}

describe('views of a random log', () => {
  test('grow at the end: without a revision the earlier entries stay as they were', () => {
    fc.assert(
      fc.property(steps(80), person, (script, id) => {
        const minds = createMinds();
        for (const beat of activeBeats(logOf(script))) {
          const view = minds.people.get(id);
          const before = [...(view?.entries ?? [])];
          const revision = view?.revision;
          minds.add(beat);
          if (view?.revision === revision) {
            expect((view?.entries ?? []).slice(0, before.length)).toEqual(before);
          }
        }
      }),
    );
  });

  test('a judge of a turn perceives what its speaker perceives, until something is undone', () => {
    fc.assert(
      fc.property(steps(80), person, (script, of) => {
        const log = logOf(script.filter(({ type }) => type !== 'undo'));
        expect(viewOf(activeBeats(log), { type: 'judge', of })).toEqual(
          viewOf(activeBeats(log), { type: 'character', id: of }),
        );
      }),
    );
  });

  test('a director of all places perceives what happens openly in any', () => {
    fc.assert(
      fc.property(steps(80), (script) => {
        const log = logOf(script);
        for (const type of ['director', 'environment'] as const) {
          expect(viewOf(activeBeats(log), { type }).map(plain)).toEqual(perceived(storyOf(log), { type }));
        }
      }),
    );
  });

  test('an entry is found by its beat, and nothing where none stands', () => {
    fc.assert(
      fc.property(steps(80), (script) => {
        const log = logOf(script);
        const view = createView({ type: 'director' });
        for (const beat of activeBeats(log)) view.add(beat);
        for (const { n } of log) expect(view.at(n)).toEqual(view.entries.find((entry) => entry.n === n));
      }),
    );
  });
});

describe('a window over a random view', () => {
  test('is the same read once at the end or after every beat, and keeps to its budget', () => {
    fc.assert(
      fc.property(steps(80), fc.integer({ min: 40, max: 400 }), (script, budget) => {
        const view = createView({ type: 'director' });
        const render = (entry: ViewEntry) =>
          `${entry.n} ${entry.segments.map((segment) => segment.text).join(' ')}`;
        const often = createWindow(view, budget, render);
        for (const beat of activeBeats(logOf(script))) {
          view.add(beat);
          often.read();
        }
        const once = createWindow(view, budget, render).read();
        expect(often.read()).toEqual(once);
        const cost = once.lines.reduce((sum, line) => sum + line.text.length, 0);
        expect(once.lines.length <= 1 || cost <= budget).toBe(true);
        expect(once.folded + once.lines.length).toBe(view.entries.length);
      }),
    );
  });
});
