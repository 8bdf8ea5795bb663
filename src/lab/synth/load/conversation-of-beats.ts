import type { Beat } from '../../../scene/beat.ts';
import { type CleanOptions, cleanConversation } from './clean-conversation.ts';
import { fromBeats, type StoredScene } from './forms/beats.ts';
import type { Loaded } from './loaded.ts';

/** A scene of the store, read before, as a conversation; refused where any of it may have come through Discord. */
export function conversationOfBeats(log: readonly Beat[], scene: StoredScene, options: CleanOptions): Loaded {
  const found = fromBeats(log, scene);
  if ('why' in found) return { kind: 'reject', where: options.where, ...found };
  return cleanConversation(found, options);
}
