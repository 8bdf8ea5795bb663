import { bindMacros } from '../macros/bind-macros.ts';
import type { MacroNames } from '../macros/macro-names.ts';
import { createTermFinder, type TermSearch } from './find-terms.ts';
import {
  compileKey,
  type Key,
  type KeyManner,
  type KeyPattern,
  keyOf,
  MAX_PATTERN,
  MAX_PATTERNS,
} from './key.ts';
import type { LoreBook, LoreEntry, LoreLogic } from './lore.ts';

/** A book made ready to be looked up. Keys have numbers; equal keys of several entries have the same. */
export type CompiledBook = {
  readonly entries: readonly CompiledEntry[];
  /** How many numbers there are. */
  readonly size: number;
  readonly finders: readonly Finder[];
  readonly patterns: readonly (KeyPattern & { readonly key: number })[];
};

/** Keys that are texts, those that are written alike in their manner. `form`: of a text that is looked through. */
type Finder = { readonly form: 'loose' | 'exact'; begin(): TermSearch };

export type CompiledEntry = {
  readonly entry: LoreEntry;
  /** Numbers, -1 for a key that is never found. */
  readonly keys: readonly number[];
  readonly conditions: readonly { readonly keys: readonly number[]; readonly logic: LoreLogic }[];
  /** Those that a constant entry has to meet, too. */
  readonly also: CompiledEntry['conditions'];
};

// The same for everyone where no key holds a macro; else one for each pair of names, the last few.
const cache = new WeakMap<LoreBook, Map<string, CompiledBook>>();
const MAX_NAMES = 16;
const FOR_ALL = '';

/** A book made ready, with the names in place of macros that stand in its keys. Made once, then remembered. */
export function compiledBook(book: LoreBook, { char, user }: MacroNames): CompiledBook {
  const names = JSON.stringify([char, user]);
  const known = cache.get(book) ?? new Map<string, CompiledBook>();
  const ready = known.get(FOR_ALL) ?? known.get(names);
  if (ready) return ready;
  let isForAll = true;
  const fill = bindMacros({ char, user });
  const compiled = compileBook(book, (key) => {
    const filled = fill(key);
    if (filled !== key) isForAll = false;
    return filled;
  });
  if (known.size >= MAX_NAMES) known.clear();
  known.set(isForAll ? FOR_ALL : names, compiled);
  cache.set(book, known);
  return compiled;
}

function compileBook(book: LoreBook, fill: (key: string) => string): CompiledBook {
  const numbers = new Map<string, number>();
  const texts = new Map<string, TextKeys>();
  const patterns: (KeyPattern & { key: number })[] = [];
  let room = MAX_PATTERNS;

  const numberOf = (written: string, manner: KeyManner): number => {
    const key = keyOf(fill(written), manner);
    const name = nameOf(key);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = add(key, numbers.size);
    numbers.set(name, number);
    return number;
  };

  const add = (key: Key, number: number): number => {
    if (key.type === 'none') return -1;
    if (key.type === 'text') {
      const { exact, wholeWords } = key;
      const manner = `${exact} ${wholeWords}`;
      const alike = texts.get(manner) ?? { exact, wholeWords, terms: [], numbers: [] };
      alike.terms.push(key.text);
      alike.numbers.push(number);
      texts.set(manner, alike);
      return number;
    }
    if (room <= 0) return -1;
    const pattern = compileKey(key.source, key.flags);
    room -= typeof pattern === 'string' ? MAX_PATTERN : pattern.size;
    if (typeof pattern === 'string') return -1;
    patterns.push({ ...pattern, key: number });
    return number;
  };

  const entries = book.entries.map((entry): CompiledEntry => {
    const keysOf = (keys: readonly string[]) => keys.map((key) => numberOf(key, entry));
    const also = (entry.also ?? []).map(({ keys, logic }) => ({ keys: keysOf(keys), logic }));
    const { secondaryKeys, logic } = entry;
    const secondary = secondaryKeys.length > 0 ? [{ keys: keysOf(secondaryKeys), logic }] : [];
    return { entry, keys: keysOf(entry.keys), conditions: [...secondary, ...also], also };
  });
  return { entries, size: numbers.size, finders: [...texts.values()].map(finderOf), patterns };
}

function nameOf(key: Key): string {
  if (key.type === 'none') return '';
  if (key.type === 'pattern') return `/${key.source}/${key.flags}`;
  return `${key.exact ? 'e' : 'l'}${key.wholeWords ? 'w' : 'p'}${key.text}`;
}

type TextKeys = {
  readonly exact: boolean;
  readonly wholeWords: boolean;
  readonly terms: string[];
  readonly numbers: number[];
};

function finderOf({ exact, wholeWords, terms, numbers }: TextKeys): Finder {
  const begin = createTermFinder(terms, wholeWords);
  return {
    form: exact ? 'exact' : 'loose',
    begin() {
      const search = begin();
      return (text, found) => search(text, (term) => found(numbers[term] ?? -1));
    },
  };
}
