import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { applyBeat, emptyScene, witnessesNow } from '../../../src/scene/scene-state.ts';
import { replayForStage } from '../../../src/scene/stage-replay.ts';
import { type Audience, createView, type ViewEntry } from '../../../src/scene/view.ts';
import { createWindow } from '../../../src/scene/window.ts';
import { logOf, PEOPLE, steps } from './log-of-beats.ts';

const CHARACTERS = PEOPLE.filter((id) => id.startsWith('character:'));

/** Slow and obvious: which beats this audience perceived, looking through the whole log for each. */
function slowView(log: readonly Beat[], audience: Audience): number[] {
  const self = audience.type === 'character' ? audience.id : undefined;
  return log
    .filter((beat) => beat.kind !== 'amend' && beat.kind !== 'retract' && beat.kind !== 'choose')
    .filter((beat) => beat.kind !== 'line' || beat.alternativeTo === undefined)
    .filter((beat) => (self === undefined ? beat.kind !== 'whisper' : beat.witnesses.includes(self)))
    .filter((beat) => !log.some((later) => later.kind === 'retract' && later.of === beat.n))
    .map((beat) => beat.n);
}

function viewOf(log: readonly Beat[], audience: Audience): readonly ViewEntry[] {
  const view = createView(audience);
  for (const beat of log) view.add(beat);
  return view.entries;
}

describe('views of a random log', () => {
  test('hold exactly the beats that the slow model says were witnessed and not taken back', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...CHARACTERS), (script, id) => {
        const log = logOf(script);
        const audience: Audience = { type: 'character', id };
        expect(viewOf(log, audience).map((entry) => entry.n)).toEqual(slowView(log, audience));
        expect(viewOf(log, { type: 'director' }).map((entry) => entry.n)).toEqual(
          slowView(log, { type: 'director' }),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('hold no thought but the character’s own, and the director’s and the Environment’s none', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const log = logOf(script);
        const thinker = new Map<string, string>();
        for (const beat of log) {
          if (beat.kind !== 'line') continue;
          for (const segment of beat.segments) {
            if (segment.kind === 'thought') thinker.set(segment.text, beat.speaker.id);
          }
        }
        for (const id of CHARACTERS) {
          for (const entry of viewOf(log, { type: 'character', id })) {
            for (const segment of entry.segments) {
              if (segment.kind === 'thought') expect(thinker.get(segment.text)).toBe(id);
            }
          }
        }
        const open = [
          viewOf(log, { type: 'director' }),
          viewOf(log, { type: 'environment' }),
          replayForStage(log),
        ];
        expect(JSON.stringify(open)).not.toContain('SECRET-');
      }),
      { numRuns: 400 },
    );
  });

  test('hold no words that were edited away or taken back, and no replay does', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const log = logOf(script);
        const views = CHARACTERS.map((id) => viewOf(log, { type: 'character', id }));
        const held = JSON.stringify([...views, viewOf(log, { type: 'director' }), replayForStage(log)]);
        const changes = log.filter((beat) => beat.kind === 'amend' || beat.kind === 'retract');
        for (const [at, { of }] of changes.entries()) {
          expect(held).not.toMatch(new RegExp(`says ${of}\\b`));
          // Of several edits of a line the last one counts.
          for (const earlier of changes.slice(0, at)) {
            if (earlier.of === of) expect(held).not.toMatch(new RegExp(`amended ${earlier.n}\\b`));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never hold a beat from before the character’s entrance', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...CHARACTERS), (script, id) => {
        const log = logOf(script);
        const entered = log.find((beat) => beat.kind === 'entrance' && beat.actor.id === id)?.n ?? Infinity;
        for (const entry of viewOf(log, { type: 'character', id }))
          expect(entry.n).toBeGreaterThanOrEqual(entered);
      }),
    );
  });

  test('grow at the end: without a revision the earlier entries stay as they were', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...CHARACTERS), (script, id) => {
        const view = createView({ type: 'character', id });
        for (const beat of logOf(script)) {
          const before = [...view.entries];
          const revision = view.revision;
          view.add(beat);
          if (view.revision === revision) expect(view.entries.slice(0, before.length)).toEqual(before);
        }
      }),
    );
  });
});

describe('a window over a random view', () => {
  test('is the same read once at the end or after every beat, and keeps to its budget', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 40, max: 400 }), (script, budget) => {
        const view = createView({ type: 'director' });
        const render = (entry: ViewEntry) =>
          `${entry.n} ${entry.segments.map((segment) => segment.text).join(' ')}`;
        const often = createWindow(view, budget, render);
        const log = logOf(script);
        for (const beat of log) {
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

describe('the fold of a random log', () => {
  test('knows who is present as the log says, and counts turns since a player spoke', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const state = emptyScene();
        const log = logOf(script);
        for (const beat of log) applyBeat(state, beat);
        const present = PEOPLE.filter((id) => {
          const last = log.findLast(
            (beat) => (beat.kind === 'entrance' || beat.kind === 'exit') && beat.actor.id === id,
          );
          return last?.kind === 'entrance';
        });
        expect([...witnessesNow(state)].sort()).toEqual([...present].sort());
        const spoken = log.filter(
          (beat) => beat.kind === 'whisper' || (beat.kind === 'line' && beat.alternativeTo === undefined),
        );
        const lastPlayer = spoken.findLastIndex(
          (beat) => 'speaker' in beat && beat.speaker.id.startsWith('player:'),
        );
        expect(state.turnsSincePlayer).toBe(spoken.length - 1 - lastPlayer);
        expect(state.beats).toBe(log.length);
      }),
      { numRuns: 300 },
    );
  });
});
