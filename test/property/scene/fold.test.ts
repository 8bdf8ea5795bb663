import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { applyBeat } from '../../../src/scene/scene-state.ts';
import { logOf, steps } from './log/log-of-beats.ts';
import { isKind, standsFor } from './model/story.ts';
import { OPERATIONS, PATIENCE, RUNS } from './operations.ts';
import { foldedTruth, slowTruth } from './truth.ts';

type Folded = ReturnType<typeof foldLog>;

/** What storage holds after the words that were edited away or deleted were erased there. */
function erased(log: readonly Beat[]): Beat[] {
  const isWritten = (beat: Beat) => isKind(beat, 'line', 'whisper', 'amend');
  return log.map((beat): Beat => {
    const of = beat.kind === 'amend' ? beat.of : beat.n;
    const line = log[of - 1];
    const gone = log.some(
      (one) => one.kind === 'retract' && (one.of === of || (line && one.of === standsFor(line))),
    );
    if (gone && 'segments' in beat) return { ...beat, segments: [] };
    if (gone && 'text' in beat && beat.text !== undefined) return { ...beat, text: '' };
    const edit = log.findLast((one) => one.kind === 'amend' && one.of === of);
    if (edit?.kind !== 'amend' || !isWritten(beat)) return beat;
    if (beat.kind === 'amend') return { ...beat, segments: edit.segments };
    return {
      ...beat,
      segments: [...beat.segments.filter(({ kind }) => kind === 'thought'), ...edit.segments],
    };
  });
}

/** Takes the next beat in as the engine does. */
function next(folded: Folded, log: readonly Beat[], beat: Beat): Folded {
  if (beat.kind === 'rewind') return foldLog(log);
  applyBeat(folded.state, beat);
  folded.minds.add(beat);
  return folded;
}

describe('the fold of a random log', () => {
  test(
    'is the same after a restart, when what was edited away or deleted is gone from storage',
    () => {
      fc.assert(
        fc.property(steps(100), (script) => {
          const log = logOf(script);
          const stored = erased(log);
          expect(foldedTruth(stored, foldLog(stored))).toEqual(foldedTruth(log, foldLog(log)));
        }),
        { numRuns: RUNS },
      );
    },
    PATIENCE,
  );

  test(
    'tells of every view, of presence, talk and all else what the slow model tells',
    () => {
      let operations = 0;
      while (operations < OPERATIONS) {
        fc.assert(
          fc.property(steps(140), fc.integer({ min: 1, max: 40 }), (script, stride) => {
            const log = logOf(script);
            operations += log.length;
            let folded = foldLog([]);
            for (const [at, beat] of log.entries()) {
              const soFar = log.slice(0, at + 1);
              folded = next(folded, soFar, beat);
              if (beat.n % stride === 0) expect(foldedTruth(soFar, folded)).toEqual(slowTruth(soFar));
            }
            const truth = foldedTruth(log, folded);
            expect(truth).toEqual(slowTruth(log));
            expect(foldedTruth(log, foldLog(log))).toEqual(truth);
          }),
          { numRuns: 20 },
        );
      }
      expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
    },
    PATIENCE,
  );
});
