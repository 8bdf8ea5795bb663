import { visibleSegments } from '../../../format/segments.ts';
import type { ChatRequest } from '../../../model/chat-model.ts';
import type { Exchange } from '../engine/message.ts';

/** Shorter thoughts may well be said by someone of themselves. */
const SHORTEST = 12;
const HIDDEN_TAG = /<\/?(?:system_thinking|role_thinking)\b/iu;

/**
 * Counts requests that show the simulated user or a judge what the tested model’s character thought. A
 * thought that is also said aloud is none.
 */
export function createLeakCount() {
  let thoughts: string[] = [];
  let said = '';
  let count = 0;
  return {
    hear({ user, actor }: Exchange): void {
      said += `${user.text}\n${visibleSegments(actor.segments)
        .map(({ text }) => text)
        .join('\n')}\n`;
      thoughts = [
        ...thoughts,
        ...actor.segments.filter(({ kind }) => kind === 'thought').map(({ text }) => text),
      ].filter((thought) => thought.length >= SHORTEST && !said.includes(thought));
    },
    see({ messages }: ChatRequest): void {
      const leaks = messages.some(
        ({ content }) => HIDDEN_TAG.test(content) || thoughts.some((thought) => content.includes(thought)),
      );
      if (leaks) count += 1;
    },
    get count() {
      return count;
    },
  };
}
