import { withoutTricks } from '../format/neutralise.ts';

/** Longest reason that is shown. Characters. */
export const REASON_CHARS = 140;
const LONGEST_RAW = 2000;

/**
 * A director's reason as people in the room may read it: one plain sentence of at most
 * `REASON_CHARS`, without a full stop, with nothing in it that a surface takes for markup, a link or
 * a mention. '' where nothing is left of it.
 */
export function publicReason(raw: string): string {
  const words = withoutMarkup(withoutTricks(raw.slice(0, LONGEST_RAW)))
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}]*(?:reasoning|reason|why)[\s"'”]*[:—–-]\s*/iu, '')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  const sentence = firstSentence(words).replace(/[\s.。,;:"'“”«»(-]+$/u, '');
  return /[\p{L}\p{N}]/u.test(sentence) ? clip(sentence) : '';
}

/** Takes out whatever Discord, a web page or a terminal would not show as it stands. */
function withoutMarkup(text: string): string {
  return (
    text
      // A tag with a hidden layer's name takes what it encloses along; any other only itself.
      .replace(/<[\w\s-]{0,40}think[\w\s-]{0,40}>[\s\S]*?(?:<\s{0,9}\/[\w\s-]{0,40}>|$)/gi, ' ')
      .replace(/<[^<>]{0,200}>/g, ' ')
      .replace(/\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
      .replace(/\b(?:[a-z][a-z\d+.-]{0,20}:\/\/|www\.|discord\.gg\/)\S+/gi, ' ')
      .replace(/[@＠#<>＜＞`*~|_^\\[\]{}]+/g, ' ')
  );
}

// Intl's sentences end after these as well.
const ABBREVIATED = /(?:^|\s)(?:mr|mrs|ms|dr|st|jr|sr|prof|rev|capt|col|gen|lt|sgt|no|vs|etc|\p{L})\.\s*$/iu;

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

function firstSentence(text: string): string {
  let sentence = '';
  for (const { segment } of SENTENCES.segment(text)) {
    sentence += segment;
    if (!ABBREVIATED.test(sentence)) break;
  }
  return sentence.trim();
}

/** Cut at a word, with whole characters. */
function clip(text: string): string {
  if (text.length <= REASON_CHARS) return text;
  const cut = text
    .slice(0, REASON_CHARS - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > REASON_CHARS / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:]+$/, '')}…`;
}

const OPENERS =
  /^(?:he|she|it|they|we|you|the|a|an|this|that|these|those|his|her|its|their|there|after|as|since|because|when|with|someone|somebody|nobody|everyone|both|only|now|just|having|being)\b/i;

/**
 * A reason as it reads behind the name of whom it is for: "Darcy was insulted" becomes "who was
 * insulted" in "Next: Darcy, who was insulted", "She was asked" becomes "she was asked".
 *
 * @param names all names of the speaker, longest first
 */
export function reasonAfterName(reason: string, names: readonly string[]): string {
  const lower = reason.toLowerCase();
  const own = names.find((name) => name !== '' && lower.startsWith(name.toLowerCase()));
  const rest = own === undefined ? reason : reason.slice(own.length);
  if (own !== undefined && /^\s(?!and\b|or\b)\p{L}/u.test(rest)) return `who${rest}`;
  if (own !== undefined && /^['’]s?\s\p{L}/u.test(rest)) return `whose${rest.replace(/^['’]s?/, '')}`;
  return OPENERS.test(reason) ? `${lower.slice(0, 1)}${reason.slice(1)}` : reason;
}
