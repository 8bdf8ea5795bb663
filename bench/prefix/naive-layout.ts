import type { ChatMessage } from '../../src/model/chat-model.ts';
import type { Prompt } from './recorded-scene.ts';
import { countTokens } from './tokens.ts';

/**
 * The usual layout, on the same scene and with the same words: the system prompt says who is present,
 * so it is another one after each coming and going, and the window drops its oldest line whenever a
 * new one does not fit.
 *
 * @param whole the prompts of the scene with a window that never shrinks
 * @param room tokens that a prompt may take
 */
export function naiveLayout(whole: readonly Prompt[], room: number): Prompt[] {
  const sizes = new Map<string, number>();
  const sizeOf = (text: string) => {
    const known = sizes.get(text) ?? countTokens(text);
    sizes.set(text, known);
    return known;
  };
  return whole.map(({ who, present, messages: [system, ...rest] }) => {
    const head: ChatMessage = {
      role: 'system',
      // At its end, where it spoils least.
      content: [system?.content, present.length > 0 && `## Who is here now\n\n${present.join(', ')}`]
        .filter(Boolean)
        .join('\n\n'),
    };
    const lines = rest.flatMap(linesOf);
    let size = sizeOf(head.content);
    let from = lines.length;
    while (from > 0 && size + sizeOf(lines[from - 1]?.content ?? '') <= room) {
      from -= 1;
      size += sizeOf(lines[from]?.content ?? '');
    }
    return { who, present, messages: joined([head, ...lines.slice(from)]) };
  });
}

/**
 * The director’s prompts as they were, but with all that was ever in one of them: its window is as small as
 * it is whatever the model can read. Who is here is in its list of who may be next.
 */
export function wholeHistory(prompts: readonly Prompt[]): Prompt[] {
  const all: string[] = [];
  return prompts.map(({ who, messages: [system, asked] }) => {
    const paragraphs = asked?.content.split('\n\n') ?? [];
    const lines = paragraphs.slice(0, -1);
    all.push(...lines.slice(lines.lastIndexOf(all.at(-1) ?? '') + 1));
    const content = [...all, ...paragraphs.slice(-1)].join('\n\n');
    return { who, present: [], messages: [...(system ? [system] : []), { role: 'user', content }] };
  });
}

/** The lines of a message: those of others stand in one until the character speaks again. */
export function linesOf({ role, content }: ChatMessage): ChatMessage[] {
  return content.split('\n\n').map((line) => ({ role, content: line }));
}

function joined(messages: readonly ChatMessage[]): ChatMessage[] {
  const all: { role: ChatMessage['role']; content: string }[] = [];
  for (const { role, content } of messages) {
    const last = all.at(-1);
    if (last?.role === role) last.content += `\n\n${content}`;
    else all.push({ role, content });
  }
  return all;
}
