import type { CardDraft } from './drafts.ts';

/** What a button or a form of a draft sends back: whose draft, and what was done. */
export function partId({ token }: Pick<CardDraft, 'token'>, what: string): string {
  return `dramatis:character:${token}:${what}`;
}

/** The draft and the part that an id is of; undefined where it is no part of one. */
export function readPartId(id: string): { readonly token: string; readonly what: string } | undefined {
  const [, token, what] = /^dramatis:character:([\w-]+):([\w-]+)$/u.exec(id) ?? [];
  return token === undefined || what === undefined ? undefined : { token, what };
}

/** Beginnings of ids; after each comes a card's id, after `list` a page and what was looked for. */
export const CARD_IDS = {
  summon: 'dramatis:summon:',
  delete: 'dramatis:delete-card:',
  list: 'dramatis:characters:',
} as const;
