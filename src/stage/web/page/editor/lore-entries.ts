import { type CardDraft, isObject, textsOf } from './card-draft.ts';

/** Where the entries of the book in a card are. */
export const ENTRIES = 'character_book.entries';

export type Entry = { readonly [key: string]: unknown };

export function entriesOf(draft: Pick<CardDraft, 'get'>): readonly Entry[] {
  const entries = draft.get(ENTRIES);
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/** What an entry is called in lists. */
export function titleOf(entry: Entry, at: number): string {
  const [key] = textsOf(entry['keys']);
  const name = [entry['name'], entry['comment'], key].find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : `Entry ${at + 1}`;
}
