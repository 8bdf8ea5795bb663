import { html as hono } from 'hono/html';
import { plain } from '../plain.ts';

/** Names, titles and cells are cut here; what is to be read whole is `prose`. Characters. */
const LONGEST = 300;

/** A piece of a page. Only `html` and `prose` make one of text, so that no text gets into a page as markup. */
export type Html = { readonly markup: string };

/** What may stand in a page: text is escaped, pieces are taken as they are, nothing is nothing. */
export type Content = string | number | Html | readonly Html[] | undefined;

/** Puts a page together; every text in it is cleaned and escaped, in attributes too (which need quotes). */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const parts = pieces.map((piece, at) => (at === 0 ? piece : markupOf(contents[at - 1]) + piece));
  return { markup: parts.join('') };
}

/** Text that may be long: what was said, thought and quoted. */
export function prose(text: string): Html {
  return { markup: escaped(plain(text)) };
}

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(plain(content, LONGEST));
  if ('markup' in content) return content.markup;
  return content.map(({ markup }) => markup).join('\n');
}

function escaped(text: string): string {
  return String(hono`${text}`);
}
