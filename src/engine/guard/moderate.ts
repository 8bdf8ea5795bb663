import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { HeldBack } from './guard-api.ts';

/** Whether the operator's moderation model looks at what is said there. */
export function isModerated(room: EngineRoom, record: SceneRecord): boolean {
  return room.options.moderation !== undefined && room.rulesFor(record).moderation === 'on';
}

/**
 * What the operator's moderation model says, where there is one and the room has it on. Where it cannot
 * say anything the text is held back: what nobody looked at nobody hears.
 */
export async function moderate(
  room: EngineRoom,
  record: SceneRecord,
  text: string,
  signal: AbortSignal,
): Promise<HeldBack | undefined> {
  const { moderation } = room.options;
  if (!moderation || !isModerated(room, record)) return undefined;
  try {
    const { flagged, categories } = await moderation.check(text, signal);
    if (!flagged) return undefined;
    return { because: 'moderation', ...(categories.length > 0 ? { rule: categories.join(', ') } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    room.log.warn('moderation-failed', { scene: record.id, error: kindOf(error) });
    return { because: 'moderation-unreachable' };
  }
}
