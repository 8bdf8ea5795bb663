import { renderChatTemplate } from '../../src/model/chat-template.ts';
import type { Prompt } from './recorded-scene.ts';
import { commonLength, countTokens } from './tokens.ts';

/** Tokens of one reader's prompts, and how many of them its previous prompt began with too. */
export type Repeated = {
  readonly who: string;
  readonly prompts: number;
  readonly tokens: number;
  readonly repeated: number;
  /** Of the longest prompt. */
  readonly longest: number;
  /** What the next prompt does not repeat where only the end has changed: the largest of these tails. */
  readonly tail: number;
  /** How often the beginning changed: the window shrank, or the head was another. */
  readonly breaks: number;
};

// Whoever loses more has lost its beginning.
const MOST_OF_A_TAIL = 600;

/** Compares each prompt with the one before it of the same reader, as the model's server is sent them. */
export function repeatedBy(prompts: readonly Prompt[]): Repeated[] {
  const readers = new Map<string, Repeated & { readonly last: string }>();
  for (const { who, messages } of prompts) {
    const text = renderChatTemplate(messages);
    const before = readers.get(who);
    const same = commonLength(before?.last ?? '', text);
    const repeated = countTokens(text.slice(0, same));
    const tokens = repeated + countTokens(text.slice(same));
    const lost = countTokens((before?.last ?? '').slice(same));
    const isTail = lost <= MOST_OF_A_TAIL;
    readers.set(who, {
      who,
      prompts: (before?.prompts ?? 0) + 1,
      tokens: (before?.tokens ?? 0) + tokens,
      repeated: (before?.repeated ?? 0) + repeated,
      longest: Math.max(before?.longest ?? 0, tokens),
      tail: Math.max(before?.tail ?? 0, isTail ? lost : 0),
      breaks: (before?.breaks ?? 0) + (isTail ? 0 : 1),
      last: text,
    });
  }
  return [...readers.values()].map(({ last: _, ...counted }) => counted);
}

/** Of all tokens, the share that was repeated. */
export function shareOf(counted: readonly Repeated[]): number {
  const sum = (key: 'tokens' | 'repeated') => counted.reduce((total, one) => total + one[key], 0);
  return sum('repeated') / sum('tokens');
}
