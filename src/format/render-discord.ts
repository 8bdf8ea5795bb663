import { joinNeighbours } from './join-neighbours.ts';
import { forScreen } from './render-plain.ts';
import type { VisibleSegment } from './segments.ts';

/**
 * Writes visible segments as Discord markdown: actions in italics, and nothing else that is markup.
 * Whatever the text holds (emphasis, spoilers, code, quotes, lists, headings, links, mentions,
 * timestamps, emoji, invites) is shown as it was written.
 * @param openLinks addresses stay as they are, so that they can be clicked
 */
export function renderDiscord(
  segments: readonly VisibleSegment[],
  { openLinks = false }: { readonly openLinks?: boolean } = {},
): string {
  const literally = openLinks ? escapeAroundAddresses : escapeDiscord;
  return joinNeighbours(segments)
    .map(({ kind, text }) => (kind === 'action' ? italic(text, literally) : literally(forScreen(text))))
    .filter((text) => text !== '')
    .join(' ');
}

/** Each line by itself: emphasis does not reach over a blank line. */
function italic(text: string, literally: (text: string) => string): string {
  return forScreen(text)
    .split('\n')
    .map((line) => line.trim())
    .map((line) => (line === '' ? '' : `*${literally(line)}*`))
    .join('\n')
    .trim();
}

const MARKUP = /[\\`*_~|[\]<>]/g;
// `# heading`, `-# small`, `- list`, `1. list`; quotes and `*` are escaped everywhere.
const LINE_START = /^([ \t]*)(#{1,6}|-#|[-+]|\d{1,9}(?=[.)]))(?=[\s.)]|$)/gm;
const SCHEME = /\b([a-z][a-z0-9+.-]{1,20}):(?=\/\/)/gi;
const INVITE = /\b(discord(?:app)?)\.(?=(?:gg|com|me|li)\b)/gi;
const MENTION = /@(?=everyone|here|[!&]?\d)/gi;

/** Text that Discord shows letter by letter. */
export function escapeDiscord(text: string): string {
  return text
    .replace(MARKUP, '\\$&')
    .replace(LINE_START, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}${mark.replace(/[#+-]/g, '\\$&')}`,
    )
    .replace(SCHEME, '$1\\:')
    .replace(INVITE, '$1\\.')
    .replace(MENTION, '@\u200b');
}

// What Discord takes for the end of an address, and marks that would reach out of it.
const ADDRESS = /\bhttps?:\/\/[^\s<>|`\\*]+/giu;

function escapeAroundAddresses(text: string): string {
  const addresses = text.match(ADDRESS) ?? [];
  return text
    .split(ADDRESS)
    .map((between, at) => escapeDiscord(between) + (addresses[at] ?? ''))
    .join('');
}
