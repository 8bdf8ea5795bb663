import { fold } from '../format/fold.ts';

/** Words that begin sentences and name nobody. */
const OPENERS = new Set(
  (
    'a an the he she it they we you i his her its their our your my this that these those there here what who when where why how ' +
    'which if as at by for from in into of on to with without within after before since until during while once although though ' +
    'because and but or nor so yet not no never always often sometimes usually rarely seldom still even only also too then now ' +
    'perhaps maybe most many much some any all both each every either neither few several one two three under over between among ' +
    'despite unlike like near behind beyond about against through whether whoever whatever being having please let'
  ).split(' '),
);
/** What may follow a name that begins a sentence. */
const AFTER_NAME =
  /^(?:is|was|has|had|will|would|can|could|and|or|'s|\p{Ll}{3,}ed|taught|told|gave|took|made|left|knew|saw|kept|died|came|went|says?|said|owns?|runs?|lives?)$/u;

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/** All words of a text, folded, of compounds also their parts. */
export function wordsIn(text: string): Set<string> {
  const words = (text.match(WORD) ?? []).map(fold);
  return new Set(words.flatMap((word) => [word, ...word.split(/['’-]/u)]));
}

/** Whether a language writes its nouns large: then a large letter makes no name. */
export function capitalisesNouns(text: string): boolean {
  const within = [...text.matchAll(/(?<=\p{Ll}[,;]? )(\p{L})\p{L}{2,}/gu)];
  const large = within.filter(([, first = '']) => /\p{Lu}/u.test(first));
  return within.length >= 12 && large.length > within.length / 6;
}

/**
 * Whether a text names somebody or something that no word of the material is: a word with a large first
 * letter within a sentence, or at its beginning where it reads like one who does something; a number.
 */
export function namesUnknown(text: string, known: ReadonlySet<string>, nounsAreLarge: boolean): boolean {
  const tokens = [...text.matchAll(WORD)];
  return tokens.some((token, index) => {
    const [word] = token;
    if (/\p{N}/u.test(word)) return !isKnown(word, known);
    if (!/^\p{Lu}\p{L}*\p{Ll}/u.test(word) || isKnown(word, known) || /^I['’]/u.test(word)) return false;
    const next = tokens[index + 1]?.[0] ?? '';
    const nextIsName =
      /^\p{Lu}/u.test(next) && !isKnown(next, known) && adjacent(text, token, tokens[index + 1]);
    if (nounsAreLarge) return nextIsName;
    const before = text.slice(0, token.index);
    if (!/(?:^|[.!?…:;\n–—]["”’)\]]*\s*|[("“‘*])["“‘(]?$/u.test(before)) return true;
    if (OPENERS.has(word.toLowerCase().replace(/['’].*$/u, '')) || /ing$/u.test(word)) return false;
    return nextIsName || AFTER_NAME.test(next);
  });
}

function isKnown(word: string, known: ReadonlySet<string>): boolean {
  const folded = fold(word);
  const bare = folded.replace(/['’]s?$/u, '');
  return (
    known.has(folded) ||
    known.has(bare) ||
    known.has(bare.replace(/s$/u, '')) ||
    bare.split(/['’-]/u).every((part) => known.has(part))
  );
}

function adjacent(text: string, one: RegExpMatchArray, other: RegExpMatchArray | undefined): boolean {
  if (!other) return false;
  return text.slice((one.index ?? 0) + one[0].length, other.index) === ' ';
}
