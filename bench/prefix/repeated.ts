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
  /** What was not repeated, by why. Tokens. */
  readonly read: Readonly<Record<Why, number>>;
};

/** The reader's first prompt; the one behind a break; the tail, which is another each turn; what happened since. */
export type Why = 'first' | 'break' | 'tail' | 'lines';

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
    const unread = tokens - repeated;
    const tail = Math.min(lost, unread);
    const why = !before ? { first: unread } : isTail ? { tail, lines: unread - tail } : { break: unread };
    readers.set(who, {
      who,
      prompts: (before?.prompts ?? 0) + 1,
      tokens: (before?.tokens ?? 0) + tokens,
      repeated: (before?.repeated ?? 0) + repeated,
      longest: Math.max(before?.longest ?? 0, tokens),
      tail: Math.max(before?.tail ?? 0, isTail ? lost : 0),
      breaks: (before?.breaks ?? 0) + (isTail ? 0 : 1),
      read: sumOf(before?.read ?? NOTHING, why),
      last: text,
    });
  }
  return [...readers.values()].map(({ last: _, ...counted }) => counted);
}

const NOTHING: Repeated['read'] = { first: 0, break: 0, tail: 0, lines: 0 };

function sumOf(one: Repeated['read'], other: Partial<Repeated['read']>): Repeated['read'] {
  const of = (why: Why) => one[why] + (other[why] ?? 0);
  return { first: of('first'), break: of('break'), tail: of('tail'), lines: of('lines') };
}

/** Of all tokens, the share that was not repeated for that reason. */
export function shareRead(counted: readonly Repeated[], why: Why): number {
  const all = counted.reduce((sum, { tokens }) => sum + tokens, 0);
  return counted.reduce((sum, { read }) => sum + read[why], 0) / all;
}

/** Of all tokens, the share that was repeated. */
export function shareOf(counted: readonly Repeated[]): number {
  const sum = (key: 'tokens' | 'repeated') => counted.reduce((total, one) => total + one[key], 0);
  return sum('repeated') / sum('tokens');
}

/** Of all prompts, tokens of the longest. */
export function longestOf(counted: readonly Repeated[]): number {
  return Math.max(...counted.map(({ longest }) => longest));
}
