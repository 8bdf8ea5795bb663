import { fold } from '../format/fold.ts';
import type { Passage } from './material.ts';

/** A quotation as it really stands there. */
export type Found = { readonly text: string; readonly passage: Passage };

export type Quotes = {
  /** Where a quotation stands, but for a tenth of its letters; undefined where it stands nowhere. */
  find(quote: string): readonly Found[] | undefined;
};

/** Letters of a quotation that may differ: her-spec 6.4 asks for 0.9. */
const MAY_DIFFER = 0.1;
/** A shorter one could stand anywhere. Letters and spaces, as they are compared. */
const SHORTEST = 8;
const SHORTEST_UNSPACED = 4;
/** Only so much of a longer one is looked for. */
const LONGEST = 400;
const GRAM = 4;
/** Wider than all that may differ, so that no quotation reaches over two passages. */
const BETWEEN = '\n'.repeat(LONGEST * MAY_DIFFER + 1);
/** Where a few letters stand in more places than these, they tell nothing. */
const MOST_PLACES = 64;
const BUCKET = 16;
const TRIED = 4;

/**
 * Finds quotations in what there is to quote from. Case, accents, width and punctuation make no difference.
 * The index is made once, in time linear in the material; a quotation is found in time linear in its own
 * length (times the few places where its letters gather): its four-letter pieces vote for where it begins.
 */
export function createQuotes(passages: readonly Passage[]): Quotes {
  const plain = passages.map((passage) => plainOf(passage.text));
  const starts: number[] = [];
  let whole = '';
  for (const { text } of plain) {
    starts.push(whole.length);
    whole += text + BETWEEN;
  }
  const places = new Map<string, number[]>();
  for (let at = 0; at + GRAM <= whole.length; at += 1) {
    const gram = whole.slice(at, at + GRAM);
    const known = places.get(gram);
    if (!known) places.set(gram, [at]);
    else if (known.length <= MOST_PLACES) known.push(at);
  }

  /** From a stretch of what is compared back to what was written. */
  function foundAt(from: number, to: number): Found | undefined {
    const index = starts.findLastIndex((start) => start <= from);
    const passage = passages[index];
    const there = plain[index];
    if (!passage || !there) return undefined;
    const start = from - (starts[index] ?? 0);
    const end = Math.min(to - (starts[index] ?? 0), there.text.length);
    const first = there.at[start];
    const last = there.at[end - 1];
    if (first === undefined || last === undefined) return undefined;
    return { text: wholeWords(passage.text, first, last + 1), passage };
  }

  function findOne(quote: string): Found | undefined {
    const sought = plainOf(quote.slice(0, LONGEST * 2))
      .text.trim()
      .slice(0, LONGEST);
    const least = /[a-z0-9]/u.test(sought) ? SHORTEST : SHORTEST_UNSPACED;
    if (sought.length < least) return undefined;
    const exact = whole.indexOf(sought);
    if (exact >= 0) return foundAt(exact, exact + sought.length);
    for (const start of likelyStarts(sought)) {
      const reach = Math.ceil(sought.length * MAY_DIFFER) + BUCKET;
      const from = Math.max(0, start - reach);
      const window = whole.slice(from, start + sought.length + reach);
      const fit = bestFit(sought, window);
      if (fit.differing <= sought.length * MAY_DIFFER) return foundAt(from + fit.from, from + fit.to);
    }
    return undefined;
  }

  function likelyStarts(sought: string): number[] {
    const votes = new Map<number, number>();
    for (let at = 0; at + GRAM <= sought.length; at += 1) {
      const there = places.get(sought.slice(at, at + GRAM)) ?? [];
      if (there.length > MOST_PLACES) continue;
      for (const place of there) {
        const bucket = Math.floor((place - at) / BUCKET);
        votes.set(bucket, (votes.get(bucket) ?? 0) + 1);
      }
    }
    return [...votes]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, TRIED)
      .map(([bucket]) => bucket * BUCKET);
  }

  return {
    find(quote) {
      // “the first … the last”: each part has to be there.
      const parts = quote.split(/…|\.{3,}|\[\.\.\.\]/u).filter((part) => /[\p{L}\p{N}]/u.test(part));
      const found = parts.map(findOne);
      const all = found.flatMap((one) => (one ? [one] : []));
      return all.length > 0 && all.length === parts.length ? all : undefined;
    },
  };
}

/** Letters and digits, folded, with one space for all else; `at`: where each stands in the original. */
function plainOf(text: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  // Joined once: asking for the end of a text that grows copies it each time.
  const plain: string[] = [];
  let place = 0;
  for (const sign of text) {
    for (const letter of /[a-z0-9]/.test(sign) ? sign : fold(sign)) {
      if (/[\p{L}\p{N}]/u.test(letter)) {
        plain.push(letter);
        for (let unit = 0; unit < letter.length; unit += 1) at.push(place);
      } else if (plain.length > 0 && plain.at(-1) !== ' ') {
        plain.push(' ');
        at.push(place);
      }
    }
    place += sign.length;
  }
  return { text: plain.join(''), at };
}

// Scripts without spaces have no end of a word near by.
const SPACED =
  /[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|\p{N}/u;

/** A stretch of the original, up to the ends of the words that it cuts. */
function wholeWords(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  const inWord = (at: number) => SPACED.test(text[at] ?? '');
  for (let left = 20; left > 0 && start > 0 && inWord(start - 1) && inWord(start); left -= 1) start -= 1;
  for (let left = 20; left > 0 && end < text.length && inWord(end) && inWord(end - 1); left -= 1) end += 1;
  return text.slice(start, end).replace(/\s+/gu, ' ').trim();
}

/** Sellers: the stretch of a window that needs the fewest changes to be what is sought. */
function bestFit(sought: string, window: string) {
  let row = new Uint16Array(sought.length + 1).map((_, index) => index);
  let begins = new Uint32Array(sought.length + 1);
  let best = { differing: sought.length, from: 0, to: 0 };
  for (let at = 0; at < window.length; at += 1) {
    const next = new Uint16Array(sought.length + 1);
    const nextBegins = new Uint32Array(sought.length + 1);
    nextBegins[0] = at + 1;
    for (let index = 1; index <= sought.length; index += 1) {
      const kept = (row[index - 1] ?? 0) + (sought[index - 1] === window[at] ? 0 : 1);
      const left = (row[index] ?? 0) + 1;
      const more = (next[index - 1] ?? 0) + 1;
      const least = Math.min(kept, left, more);
      next[index] = least;
      nextBegins[index] =
        (least === kept ? begins[index - 1] : least === left ? begins[index] : nextBegins[index - 1]) ?? 0;
    }
    row = next;
    begins = nextBegins;
    const differing = row[sought.length] ?? sought.length;
    if (differing < best.differing) best = { differing, from: begins[sought.length] ?? 0, to: at + 1 };
  }
  return best;
}
