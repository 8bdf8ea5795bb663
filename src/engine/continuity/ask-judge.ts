import { randomUUID } from 'node:crypto';
import { visibleSegments } from '../../format/segments.ts';
import type { CheckedLine } from '../../judge/continuity/continuity-request.ts';
import { judgeLine } from '../../judge/continuity/judge-line.ts';
import type { Mark } from '../../judge/continuity/mark.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import type { PlaceId } from '../../scene/beat.ts';
import { steadyOf } from '../clock.ts';
import type { EngineRoom } from '../engine-room.ts';
import { judgeContext } from '../judging/judge-context.ts';
import type { LiveScene } from '../live-scene.ts';

/** Lines that a judge reads at the same time. */
const AT_ONCE = 3;
/** Discord waits a quarter of an hour for an answer; what a judge has not begun by then stays unread. */
const LONGEST_MS = 8 * 60_000;

/**
 * What a judge says of each line, by beat; those are missing on which it gave no answer that could be read, and
 * those that are gone.
 * @param take a line as it stands, and what its speaker knew; in the scene's mailbox
 * @throws the signal's reason when aborted
 */
export async function askJudge(
  { clock }: Pick<EngineRoom, 'clock'>,
  model: ChatModel,
  lines: readonly number[],
  take: (n: number) => Promise<CheckedLine | undefined>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly Mark[]>> {
  const until = steadyOf(clock) + LONGEST_MS;
  const found = new Map<number, readonly Mark[]>();
  // From the newest on: they matter most where time runs out.
  const left = [...lines];
  const broken = new AbortController();
  const ends = AbortSignal.any([signal, broken.signal]);

  async function readOn(): Promise<void> {
    for (let n = left.pop(); n !== undefined && steadyOf(clock) < until && !ends.aborted; n = left.pop()) {
      const checked = await take(n);
      const marks = checked && (await judgeLine(model, checked, ends));
      if (marks) found.set(n, marks);
    }
  }

  // Where one of them fails the others stop, too: nothing is asked that nobody waits for.
  const readers = Array.from({ length: AT_ONCE }, () => readOn());
  try {
    await Promise.all(readers);
  } catch (error) {
    broken.abort(error);
    await Promise.allSettled(readers);
    throw error;
  }
  signal.throwIfAborted();
  return found;
}

/** A line for a judge, as it stands in a place now; undefined where it does not, or its speaker's card is gone. */
export function checkedLine(
  room: EngineRoom,
  live: LiveScene,
  place: PlaceId,
  model: ChatModel,
  n: number,
): CheckedLine | undefined {
  const line = live.minds.place(place).director.at(n);
  const context = line?.speaker && judgeContext(room, live, line.speaker.id, model.contextSize, n);
  return context && { context, segments: visibleSegments(line.segments), secret: randomUUID() };
}
