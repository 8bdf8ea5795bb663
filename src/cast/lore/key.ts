import { RE2JS } from 're2js';
import type { LoreEntry } from './lore.ts';

/** How one key of an entry is looked for. */
export type Key =
  | { readonly type: 'text'; readonly text: string; readonly exact: boolean; readonly wholeWords: boolean }
  | { readonly type: 'pattern'; readonly source: string; readonly flags: string }
  /** Never found: there is nothing in it. */
  | { readonly type: 'none' };

/** The ways a key of this entry may be written. */
export type KeyManner = Pick<LoreEntry, 'regex' | 'caseSensitive' | 'wholeWords'>;

/**
 * A key as its author meant it: `/…/flags` in JavaScript's notation is a pattern, any other one a text;
 * where the entry says that all its keys are patterns, bare ones are, too.
 */
export function keyOf(written: string, manner: KeyManner): Key {
  const found = /^\/(.+)\/([dgimsuyv]*)$/su.exec(written.trim());
  if (found) return { type: 'pattern', source: found[1] ?? '', flags: found[2] ?? '' };
  const { regex, caseSensitive: exact, wholeWords } = manner;
  if (regex && written.trim()) return { type: 'pattern', source: written.trim(), flags: exact ? '' : 'i' };
  const text = exact ? evenOut(written.trim()) : foldText(written.trim());
  return text ? { type: 'text', text, exact, wholeWords } : { type: 'none' };
}

/** A text in which keys are looked for, whatever their case. */
export function foldText(text: string): string {
  // Lower case differs for a sigma at the end of a word.
  return evenOut(text).toLowerCase().replaceAll('ς', 'σ');
}

/** One way to write accents and apostrophes. */
export function evenOut(text: string): string {
  return text.normalize('NFC').replace(/[’ʼ]/g, "'");
}

/** Whether a text holds what a pattern describes; what one test costs grows with `size` and the text. */
export type KeyPattern = { readonly size: number; test(text: string): boolean };

/** How large a pattern may be, in steps of RE2: a usual one takes ten to fifty. */
export const MAX_PATTERN = 1000;
/** And all of one book together: making them ready must not hold up a scene. */
export const MAX_PATTERNS = 50_000;
const MAX_SOURCE = 1000;

/**
 * A pattern in JavaScript's notation, run by RE2, which takes time that grows with the text alone. In place
 * of one that RE2 does not know (look-around, back references) or that would be too large: why not.
 */
export function compileKey(source: string, flags: string): KeyPattern | string {
  if (source.length > MAX_SOURCE) return `is longer than ${MAX_SOURCE} characters`;
  if (flags.includes('v')) return 'has the flag v, which is not supported';
  if (repeats(source) > MAX_PATTERN) return 'would be too large';
  let bits = 0;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source), bits);
    const size = compiled.programSize();
    if (size > MAX_PATTERN) return 'would be too large';
    return { size, test: (text) => compiled.test(text) };
  } catch {
    return 'is not understood (look-around and back references are not supported)';
  }
}

/** Before it is compiled: all that a pattern is told to repeat, `a{500}` a hundred times over. */
function repeats(source: string): number {
  let sum = 0;
  for (const [, least, most] of source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) sum += Number(most || least);
  return sum;
}
