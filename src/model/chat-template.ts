import type { ChatMessage } from './chat-model.ts';

/** The marks that end and begin a message; a completion that writes one has left its turn. */
export const CHAT_TEMPLATE_STOPS = ['<|im_end|>', '<|im_start|>'] as const;

/**
 * Renders messages as ChatML, the layout that Qwen models (and so HER-32B) were trained on, with the
 * assistant's turn left open after `prefill`: the reply goes on from there. (her-spec 3.6: the
 * released weights expect their plan block opened for them.) Contents must hold no template marks;
 * `prepareMessages` sees to that.
 */
export function renderChatTemplate(messages: readonly ChatMessage[], prefill = ''): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return `${turns.join('')}<|im_start|>assistant\n${prefill}`;
}
