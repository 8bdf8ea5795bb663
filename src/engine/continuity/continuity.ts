import { PlayerError } from '../../errors.ts';
import type { PlaceId } from '../../scene/beat.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { rules } from '../peek.ts';
import { placeIn } from '../place-in.ts';
import type { Within } from '../within.ts';
import { askJudge, checkedLine } from './ask-judge.ts';
import type { Continuity } from './continuity-api.ts';
import { isPlayedStill, standing, takeLines } from './taken-lines.ts';

/**
 * What is looked at is taken in the scene's mailbox; a judge is asked outside of it, so that the scene goes on
 * meanwhile; and what no longer stands by then is left out.
 */
export function createContinuity(room: EngineRoom, { within }: Within): Continuity {
  /** Logs of which a report is being made. */
  const busy = new Set<string>();

  return {
    async report(id, by, most, signal) {
      signal.throwIfAborted();
      const taken = await within(id, async (live) => {
        if (!rules(live, by)) {
          throw new PlayerError('Only the one who started this scene may do that, or a moderator.');
        }
        const { log } = live.record;
        if (busy.has(log)) {
          throw new PlayerError('A report of this scene is being made: wait until it is there.');
        }
        busy.add(log);
        try {
          return { log, ...(await takeLines(room, live, placeIn(live, id), by, most)) };
        } catch (error) {
          busy.delete(log);
          throw error;
        }
      });
      try {
        const { judge, lines, log, played, stopped } = taken;
        /** In the mailbox, for as long as the place hosts that story. */
        const look = <T>(at: (live: LiveScene, place: PlaceId) => T | Promise<T>) =>
          within(id, (live) => (live.record.log === log ? at(live, placeIn(live, id)) : undefined));
        const take = (n: number) =>
          look(async (live, place) =>
            judge && (await isPlayedStill(room, live, n))
              ? checkedLine(room, live, place, judge, n)
              : undefined,
          );
        const ends = AbortSignal.any([signal, room.closing]);
        const asked = judge && (await askJudge(room, judge, played, take, ends));
        const found = lines.map((line) => ({
          ...line,
          marks: [...line.marks, ...(asked?.get(line.n) ?? [])],
        }));
        return {
          lines: (await look((live, place) => standing(live, place, found))) ?? [],
          looked: lines.length,
          unread: judge ? played.length - (asked?.size ?? 0) : 0,
          ...(judge ? { model: judge.name } : {}),
          ...(stopped === undefined ? {} : { stopped }),
        };
      } finally {
        busy.delete(taken.log);
      }
    },
  };
}
