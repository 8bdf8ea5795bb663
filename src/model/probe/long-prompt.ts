import type { ChatMessage } from '../chat-model.ts';

/** Above 1,024 tokens: from there on OpenAI caches. */
const LINES = 90;

/** A prompt that begins as no other does, long enough to be cached. */
export function longPrompt(mark: string): readonly ChatMessage[] {
  const lines = Array.from(
    { length: LINES },
    (_, at) => `${at + 1}. The tide comes in over the flat sand, slowly.`,
  );
  return [{ role: 'user', content: `List ${mark}.\n${lines.join('\n')}\nAnswer with one word: ready` }];
}
