import { createQuotes, type Quotes } from '../../../enrich/find-quote.ts';
import { capitalisesNouns, wordsIn } from '../../../enrich/names-in.ts';
import { bySecrecy } from '../../../enrich/secrecy.ts';
import { rootsOf, sentencesOf } from '../../../enrich/sentences.ts';
import { tellingPart } from '../../../enrich/what-fits.ts';
import { wordsOf } from '../checks/words.ts';
import { prose } from '../prompt-parts.ts';
import type { Conversation } from '../record/conversation.ts';

/** What additions are looked up in, made once for a conversation. */
export type Source = {
  readonly quotes: Quotes;
  readonly roots: ReadonlySet<string>;
  /** All of its words, folded. */
  readonly words: ReadonlySet<string>;
  /** Of a language that writes its nouns large, a large letter makes no name. */
  readonly nounsAreLarge: boolean;
  /** Whether it calls a secret what some words of it tell. */
  isSecret(quote: string): boolean;
};

export function sourceOf({ passage }: Pick<Conversation, 'passage'>): Source {
  const secret = ` ${wordsOf(bySecrecy(passage).secret).join(' ')} `;
  return {
    quotes: createQuotes([{ title: 'passage', text: passage, from: 'text', known: 'open' }]),
    roots: new Set(rootsOf(passage)),
    words: wordsIn(passage),
    nounsAreLarge: capitalisesNouns(passage),
    isSecret: (quote) =>
      sentencesOf(quote).some((sentence) => {
        const words = wordsOf(sentence);
        return words.length > 0 && secret.includes(` ${words.join(' ')} `);
      }),
  };
}

/**
 * As much of the passage as there is room for: paragraphs that name somebody of the scene first, in the order in
 * which they stand there.
 *
 * @param room weight in characters, as `weightOf` counts it
 */
export function passageFor(passage: string, names: readonly string[], room: number): string {
  const parts = names.flatMap((name) => name.split(/\s+/u)).filter((part) => part.length > 2);
  // Three tildes would end what is quoted.
  return tellingPart(prose(passage).replace(/~{3,}/gu, '—'), parts, room);
}
