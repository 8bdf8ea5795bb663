/** A word or phrase to look for; an open end may be the middle of a word. */
type Keyword = { readonly text: string; readonly openBefore: boolean; readonly openAfter: boolean };

/** Finds any of some keywords in a text. */
export type Keywords = {
  /** Whether one of them is in it. */
  isIn(text: string): boolean;
  /** The text with each of them made unreadable, so that nothing else is found in its letters. */
  without(text: string): string;
};

/** Stands for what was allowed: no letter, no space, in nobody's keyword. */
const BLANK = '\ufffc';

/**
 * Keywords with Discord's wildcards: `cat` is the whole word, `cat*` begins one, `*cat` ends one,
 * `*cat*` is found anywhere. Upper and lower case are the same, and so is all white space. The time it
 * takes grows with the text, whatever the keywords are.
 * (Source: Discord's documentation, resources/auto-moderation, keyword matching strategies.)
 */
export function createKeywords(list: readonly string[]): Keywords {
  const keywords = list.map(readKeyword).filter(({ text }) => text !== '');
  return {
    isIn(text) {
      const words = folded(text);
      return keywords.some((keyword) => placesOf(keyword, words).next().done !== true);
    },
    without(text) {
      const lower = text.toLowerCase();
      const words = folded(text);
      const blank = new Set<number>();
      for (const keyword of keywords) {
        for (const at of placesOf(keyword, words)) {
          for (let unit = at; unit < at + keyword.text.length; unit += 1) blank.add(unit);
        }
      }
      return blank.size === 0
        ? text
        : lower.replace(/./gsu, (unit, at: number) => (blank.has(at) ? BLANK : unit));
    },
  };
}

function readKeyword(written: string): Keyword {
  const whole = folded(written.trim());
  const openBefore = whole.startsWith('*');
  const openAfter = whole.length > 1 && whole.endsWith('*');
  const text = whole.slice(openBefore ? 1 : 0, openAfter ? -1 : undefined).trim();
  return { text, openBefore, openAfter };
}

function* placesOf({ text, openBefore, openAfter }: Keyword, words: string): Generator<number> {
  for (let at = words.indexOf(text); at !== -1; at = words.indexOf(text, at + 1)) {
    const begins = openBefore || !isWordAt(words, at - 1) || !isWordAt(words, at);
    const ends = openAfter || !isWordAt(words, at + text.length) || !isWordAt(words, at + text.length - 1);
    if (begins && ends) yield at;
  }
}

const WORD = /[\p{L}\p{M}\p{N}_]/u;

/** Whether a letter or number stands there, also one that takes two UTF-16 units. */
function isWordAt(words: string, at: number): boolean {
  const unit = words.charCodeAt(at);
  if (Number.isNaN(unit)) return false;
  const start = unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
  return WORD.test(String.fromCodePoint(words.codePointAt(start) ?? 0));
}

function folded(text: string): string {
  return text.toLowerCase().replace(/\s/gu, ' ');
}
