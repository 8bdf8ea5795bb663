import type { Warn } from './tidy-value.ts';

const MAX_DEPTH = 100;
const MAX_VALUES = 300_000;

/**
 * JSON as tools and people leave it. What cards in the wild get wrong is mended and told: text behind the
 * end, commas before a bracket, `NaN`, line breaks inside of texts.
 * @throws Error whose message says what is wrong, or which limit the file passes
 */
export function parseJson(text: string, warn: Warn): unknown {
  const end = measure(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const value = parseMended(text.slice(0, end), error);
    if (text.slice(end).trim()) warn('what stands behind the end of the JSON was left out');
    else warn('the JSON is broken in places and was mended');
    return value;
  }
}

function parseMended(text: string, first: unknown): unknown {
  try {
    return JSON.parse(mended(text));
  } catch {
    // The parser's own words quote what stands around the fault, which may be what nobody else may read.
    const why = firstLine(first).replace(/, (?:\.\.\.)?".*/, '');
    throw new Error(`holds broken JSON (${why}): export the card again`, { cause: first });
  }
}

/**
 * Where the first value ends. Counted before parsing, for a few megabytes of brackets become hundreds as
 * objects.
 */
function measure(text: string): number {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      at = endOfString(text, at) - 1;
    } else if (letter === '{' || letter === '[') {
      values++;
      if (++depth > MAX_DEPTH) throw new Error(`is nested more than ${MAX_DEPTH} levels deep`);
    } else if (letter === ',') {
      values++;
    } else if (letter === '}' || letter === ']') {
      if (--depth <= 0) return at + 1;
    }
    if (values > MAX_VALUES) {
      throw new Error(`holds more than ${MAX_VALUES.toLocaleString('en')} values: no card needs so many`);
    }
  }
  return text.length;
}

/** The place behind the closing quotation mark, or the end of the text. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '"') return at + 1;
  }
  return text.length;
}

const OUTSIDE = /-?\b(?:NaN|Infinity)\b|,(?=\s*[\]}])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON wants escaped
const RAW = /[\u0000-\u001f]/g;

function mended(text: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const quote = text.indexOf('"', from);
    const outside = text.slice(from, quote < 0 ? text.length : quote);
    parts.push(outside.replace(OUTSIDE, (found) => (found === ',' ? '' : 'null')));
    if (quote < 0) break;
    from = endOfString(text, quote);
    parts.push(text.slice(quote, from).replace(RAW, escaped));
  }
  return parts.join('');
}

function escaped(letter: string): string {
  return JSON.stringify(letter).slice(1, -1);
}

/** The first line of an error's message, without a colon at its end. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n', 1)[0] ?? '').replace(/:$/, '').slice(0, 200);
}
