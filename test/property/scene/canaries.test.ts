import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActorId, Beat, PlaceId } from '../../../src/scene/beat.ts';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { replayForStage } from '../../../src/scene/stage-replay.ts';
import { logOf, steps } from './log/log-of-beats.ts';
import { canary, PEOPLE, PLACES } from './log/scene-now.ts';
import { isKind, placeOf, standsFor, storyOf } from './model/story.ts';
import { PATIENCE, RUNS } from './operations.ts';

/** Why the canary of a layer of a beat may not be found in a view, or nothing where it may. */
type Verdict = string | undefined;

test(
  'no view of a random log holds a canary that its audience did not witness, or that is gone',
  () => {
    let runs = 0;
    let found = 0;
    fc.assert(
      fc.property(steps(100), (script) => {
        runs += 1;
        const log = logOf(script);
        const { minds } = foldLog(log);
        const look = (what: unknown, verdict: (layer: string, born: Beat, in_: Beat) => Verdict) => {
          const text = JSON.stringify(what);
          for (const [mark, layer = '', n] of text.matchAll(/<([a-z])(\d+)>/g)) {
            const born = log[Number(n) - 1];
            // An edit's words are read in the beat that it edits.
            const where = born?.kind === 'amend' ? log[born.of - 1] : born;
            const fault = born && where && (goneFor(log, born, where) ?? verdict(layer, born, where));
            expect(`${mark} ${fault ?? 'may be here'}`).toBe(`${mark} may be here`);
            found += 1;
          }
        };
        for (const { id } of PEOPLE) {
          const entries = minds.people.get(id)?.entries ?? [];
          look(entries, (layer, _, beat) => hiddenFrom(id, layer, beat, log) ?? forgottenBy(id, beat, log));
        }
        for (const place of PLACES) {
          const { director, environment } = minds.place(place);
          for (const { entries } of [director, environment]) {
            look(entries, (layer, _, beat) => notOpen(layer, beat) ?? elsewhere(place, beat));
          }
        }
        look(replayForStage(log), (layer, _, beat) => notOpen(layer, beat));
      }),
      { numRuns: RUNS },
    );
    expect(found / runs).toBeGreaterThan(5);
  },
  PATIENCE,
);

/** For everyone: abandoned, deleted, undone, edited away, or of a version that does not stand anywhere. */
function goneFor(log: readonly Beat[], born: Beat, where: Beat): Verdict {
  const story = storyOf(log);
  if (!story.includes(born) || !story.includes(where)) return 'was left behind by a rewind';
  const line = standsFor(where);
  if (story.some((beat) => beat.kind === 'retract' && (beat.of === where.n || beat.of === line)))
    return 'was deleted';
  if (story.some((beat) => beat.kind === 'undo' && beat.of === where.n)) return 'was undone';
  const edited = story.some((beat) => beat.kind === 'amend' && beat.of === where.n && beat.n > born.n);
  return edited && !JSON.stringify(born).includes(canary('t', born.n)) ? 'was edited away' : undefined;
}

function hiddenFrom(id: ActorId, layer: string, beat: Beat, log: readonly Beat[]): Verdict {
  if (isKind(beat, 'plant', 'secret', 'steer') || layer === 'p') return 'is for nobody’s view';
  const isDoer = ('speaker' in beat ? beat.speaker : 'actor' in beat ? beat.actor : undefined)?.id === id;
  if (layer === 't' && !isDoer) return 'was thought by another';
  if (beat.witnesses.includes(id)) return undefined;
  const isPrivate = isKind(beat, 'whisper', 'told', 'event');
  if (beat.seen?.includes(id) && (isDoer || (!isPrivate && layer !== 's'))) return undefined;
  const versions = log.filter((one) => standsFor(one) === standsFor(beat)).map(({ n }) => n);
  const after = log.some(
    (one) => one.kind === 'undo' && one.actor.id === id && one.beats.some((n) => versions.includes(n)),
  );
  if (after && !isPrivate && layer !== 't') return undefined;
  return 'was not witnessed';
}

function forgottenBy(id: ActorId, beat: Beat, log: readonly Beat[]): Verdict {
  const story = storyOf(log).filter((one) => isKind(one, 'forget', 'undo') && one.actor.id === id);
  const last = story.findLast(
    (one) =>
      one.n > beat.n &&
      (one.kind === 'undo' || (one.kind === 'forget' && (one.of ?? standsFor(beat)) === standsFor(beat))),
  );
  return last?.kind === 'forget' ? 'was forgotten' : undefined;
}

function notOpen(layer: string, beat: Beat): Verdict {
  if (layer === 't' || layer === 'p') return 'is hidden';
  const isOpen = isKind(beat, 'line', 'narration', 'entrance', 'exit', 'change', 'setting', 'time');
  return isOpen ? undefined : 'did not happen openly';
}

function elsewhere(place: PlaceId, beat: Beat): Verdict {
  return placeOf(beat) === place || isKind(beat, 'setting', 'time') ? undefined : 'happened elsewhere';
}
