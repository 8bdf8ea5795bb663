import type { ChatMessage } from './chat-model.ts';
import { breakControlTokens } from './control-tokens.ts';

/** Stands where a template insists on a user's message and the scene has none yet. */
const OPENING: ChatMessage = { role: 'user', content: '(The scene begins.)' };

/**
 * Makes a message list that any chat template takes; a last guard, prompts are laid out elsewhere.
 *
 * - Neighbours of one role become one message, parted by a blank line; empty ones are left out.
 * - A `system` message stands first or becomes the user's; with `foldSystem` the first one, too.
 * - The first message after it is the user's.
 * - No content holds a mark of a chat template, or half a surrogate pair.
 */
export function prepareMessages(
  messages: readonly ChatMessage[],
  { foldSystem = false }: { readonly foldSystem?: boolean } = {},
): ChatMessage[] {
  const prepared: ChatMessage[] = [];
  for (const { role: wanted, content: raw } of messages) {
    const content = breakControlTokens(raw.toWellFormed());
    if (content.trim() === '') continue;
    const last = prepared.at(-1);
    const maySystem = !foldSystem && (last === undefined || last.role === 'system');
    const role = wanted === 'system' && !maySystem ? 'user' : wanted;
    const opened = last !== undefined && last.role !== 'system';
    if (role === 'assistant' && !opened) prepared.push(OPENING, { role, content });
    else if (last?.role === role) prepared[prepared.length - 1] = merge(last, content);
    else prepared.push({ role, content });
  }
  if (prepared.length === 0 || prepared.at(-1)?.role === 'system') prepared.push(OPENING);
  return prepared;
}

function merge(message: ChatMessage, content: string): ChatMessage {
  return { role: message.role, content: `${message.content}\n\n${content}` };
}
