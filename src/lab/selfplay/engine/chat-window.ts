import type { ChatMessage, ChatModel } from '../../../model/chat-model.ts';
import { CHARS_PER_TOKEN, merged } from '../../../performer/actor-prompt.ts';
import { weightOf } from '../../../scene/weight-of.ts';

/** What a chat template adds. */
const ROOM_FOR_THE_REST = 300;
const LEAST_ROOM = 1500;

/**
 * A dialogue as a model’s chat, within what it can read. Where it grows too long, its older half is left out
 * at once, so that a server’s prefix cache keeps hitting for many turns.
 */
export function chatWindow(
  system: string,
  lines: readonly ChatMessage[],
  { contextSize }: Pick<ChatModel, 'contextSize'>,
  maxTokens: number,
): ChatMessage[] {
  const room = (contextSize - maxTokens) * CHARS_PER_TOKEN - weightOf(system) - ROOM_FOR_THE_REST;
  const from = firstShown(lines, Math.max(room, LEAST_ROOM));
  const shown = lines.slice(from);
  const opening = from > 0 ? '(Earlier lines are left out.)' : '(The conversation begins.)';
  return merged([
    { role: 'system', content: system },
    // Many chat templates want a user’s message first.
    ...(from > 0 || shown[0]?.role !== 'user' ? [{ role: 'user' as const, content: opening }] : []),
    ...shown,
  ]);
}

function firstShown(lines: readonly ChatMessage[], room: number): number {
  let first = 0;
  let weight = 0;
  for (const [at, { content }] of lines.entries()) {
    weight += weightOf(content);
    if (weight <= room) continue;
    while (weight > room / 2 && first < at) {
      weight -= weightOf(lines[first]?.content ?? '');
      first += 1;
    }
  }
  return first;
}
