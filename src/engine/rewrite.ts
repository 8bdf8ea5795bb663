import { z } from 'zod';
import type { VisibleSegment } from '../format/segments.ts';
import { type Beat, isPlayerId } from '../scene/beat.ts';
import { toStageBeat } from '../scene/stage-beat.ts';
import { type EngineRoom, nowBefore } from './engine-room.ts';
import { append, type LiveScene } from './live-scene.ts';
import { deliveryKey } from './show-beat.ts';
import type { Delivery } from './stage.ts';

/**
 * Edits and deletions on a surface are beats too, so that everything derived follows the log. The
 * words that are gone are erased where they were stored.
 */
const messageSchema = z.object({ log: z.string(), n: z.int() });
const deliverySchema = z.object({ messages: z.array(z.string()) });

/** A player edited what they said: the beat reads differently from now on. Unknown sources are ignored. */
export async function rewordBeat(
  room: EngineRoom,
  live: LiveScene,
  source: string,
  segments: readonly VisibleSegment[],
): Promise<void> {
  const beat = await beatOf(room, live, source);
  if (!beat || (beat.kind !== 'line' && beat.kind !== 'whisper') || !isPlayerId(beat.speaker.id)) return;
  if (segments.length === 0) return takeBack(room, live, source);
  await append(live, room.options.store, {
    ...nowBefore(room, live, beat.witnesses),
    kind: 'amend',
    of: beat.n,
    segments: [...segments],
  });
  await room.options.store.rewrite(live.record.log, { ...beat, segments: [...segments] });
}

/** A message was deleted: its beat is gone for everybody, and so are the words in storage. */
export async function takeBack(room: EngineRoom, live: LiveScene, source: string): Promise<void> {
  const { store } = room.options;
  const beat = await beatOf(room, live, source);
  if (!beat || !toStageBeat(beat)) return;
  await append(live, store, { ...nowBefore(room, live, beat.witnesses), kind: 'retract', of: beat.n });
  const stored = deliverySchema.safeParse(await store.get('delivery', deliveryKey(live.record.log, beat.n)));
  await store.rewrite(live.record.log, erased(beat));
  if (stored.success) await updateSurface(room, live, stored.data);
}

async function updateSurface(room: EngineRoom, live: LiveScene, delivery: Delivery): Promise<void> {
  await room.stage(live.record)?.update(live.record, delivery, undefined, room.closing);
}

function erased(beat: Beat): Beat {
  switch (beat.kind) {
    case 'line':
    case 'whisper':
      return { ...beat, segments: [] };
    case 'narration':
    case 'setting':
    case 'time':
      return { ...beat, text: '' };
    default:
      return beat;
  }
}

/** The beat that a platform message stands for: what a player said, or what was posted. */
async function beatOf(room: EngineRoom, live: LiveScene, source: string): Promise<Beat | undefined> {
  const { store } = room.options;
  const message = messageSchema.safeParse(await store.get('message', source));
  const posted = message.success && message.data.log === live.record.log ? message.data.n : undefined;
  const n = live.state.sources.get(source) ?? posted;
  if (n === undefined) return undefined;
  for await (const beat of store.read(live.record.log, n)) return beat.n === n ? beat : undefined;
  return undefined;
}
