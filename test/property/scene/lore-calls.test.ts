import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Beat, Made } from '../../../src/scene/beat.ts';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { lastCalled } from '../../../src/scene/lore-calls.ts';
import { applyBeat } from '../../../src/scene/scene-state.ts';
import { activeBeats } from '../../../src/scene/timeline.ts';
import { ada, bo, enters, everyone, says, writtenLog } from '../../unit/scene/written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];

const ENTRIES = ['a', 'b', 'c'];
const step = fc.record({
  what: fc.constantFrom('line', 'line', 'swipe', 'choose', 'retract', 'rewind'),
  speaker: fc.constantFrom(ada, bo),
  of: fc.nat(),
  lore: fc.uniqueArray(fc.constantFrom(...ENTRIES)),
  why: fc.constantFrom<NonNullable<Made['lore']>[number]['why']>('key', 'constant', 'recursion', 'sticky'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A log in which lines of two characters are said otherwise, chosen, deleted and left behind. */
function logOf(steps: readonly Step[]): Beat[] {
  const drafts: Draft[] = everyone.map((actor) => enters(actor));
  for (const { what, speaker, of, lore, why } of steps) {
    const story = activeBeats(writtenLog(...drafts));
    const gone = new Set(story.flatMap((beat) => (beat.kind === 'retract' ? [beat.of] : [])));
    const lines = story.flatMap((beat) =>
      beat.kind === 'line' && !gone.has(beat.n) && !gone.has(beat.alternativeTo ?? 0) ? [beat] : [],
    );
    const any = lines[of % Math.max(1, lines.length)];
    const made = { by: 'm', why: '', attempts: 1, lore: lore.map((entry) => ({ book: 'x', entry, why })) };
    if (what === 'line' || any === undefined) {
      drafts.push(says(speaker, 'Yes.', { made }));
      continue;
    }
    const place = any.alternativeTo ?? any.n;
    if (what === 'swipe') drafts.push(says(any.speaker, 'No.', { made, alternativeTo: place }));
    else if (what === 'choose') drafts.push({ kind: 'choose', of: place, pick: any.n });
    else if (what === 'retract') drafts.push({ kind: 'retract', of: any.n });
    else drafts.push({ kind: 'rewind', to: Math.max(everyone.length, any.n) });
  }
  return writtenLog(...drafts);
}

/** The same from the whole story, read again from its beginning. */
function slowly(log: readonly Beat[], speaker: string, entry: string): number | undefined {
  const standing = new Map<number, Beat>();
  const versions = new Map<number, Map<number, Beat>>();
  for (const beat of activeBeats(log)) {
    if (beat.kind === 'line' && beat.alternativeTo === undefined) {
      standing.set(beat.n, beat);
      versions.set(beat.n, new Map([[beat.n, beat]]));
    } else if (beat.kind === 'line') versions.get(beat.alternativeTo ?? 0)?.set(beat.n, beat);
    else if (beat.kind === 'choose') {
      const pick = versions.get(beat.of)?.get(beat.pick);
      if (pick) standing.set(beat.of, pick);
    } else if (beat.kind === 'retract') {
      standing.delete(beat.of);
      versions.delete(beat.of);
      for (const [of, all] of versions) {
        const first = all.get(of);
        if (all.delete(beat.of) && first && standing.get(of)?.n === beat.of) standing.set(of, first);
      }
    }
  }
  const calling = [...standing].filter(
    ([, beat]) =>
      beat.kind === 'line' &&
      beat.speaker.id === speaker &&
      beat.made?.lore?.some((one) => one.entry === entry && one.why !== 'sticky'),
  );
  return calling.length === 0 ? undefined : Math.max(...calling.map(([of]) => of));
}

test('when lore was called up last follows swipes, deletions and rewinds', () => {
  let runs = 0;
  let found = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      runs += 1;
      const log = logOf(steps);
      const { lore } = foldLog(log).state;
      for (const { id } of [ada, bo]) {
        for (const entry of ENTRIES) {
          const expected = slowly(log, id, entry);
          expect(lastCalled(lore, id, 'x', entry)).toBe(expected);
          if (expected !== undefined) found += 1;
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(found / runs).toBeGreaterThan(1);
});

test('a beat at a time comes to the same as all at once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const log = logOf(steps.filter(({ what }) => what !== 'rewind'));
      const { state } = foldLog(log.slice(0, 5));
      for (const beat of log.slice(5)) applyBeat(state, beat);
      expect(state.lore.places).toEqual(foldLog(log).state.lore.places);
    }),
  );
});
