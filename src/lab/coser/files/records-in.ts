import type { z } from 'zod';

/** Something in a file that cannot be used, or that is to be known: its place (from 1; 0 is the whole), and what it is. */
export type Remark = { readonly at: number; readonly id?: string; readonly what: string };

export type Records = {
  /** Each with its place, from 1: of a list its element, else its line. */
  readonly records: readonly { readonly at: number; readonly value: unknown }[];
  readonly faults: readonly Remark[];
};

/**
 * The records of a file: a JSON array, one JSON object, or JSON Lines. Of lines the bad ones are named, and
 * all others are there.
 *
 * @throws SyntaxError where the text is none of them, in words that quote nothing of it
 */
export function recordsIn(text: string): Records {
  const bare = text.replace(/^\uFEFF/u, '').trimEnd();
  if (bare.trim() === '') throw new SyntaxError('it is empty');
  const whole = parsed(bare);
  if ('value' in whole) {
    const values: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
    return { records: values.map((value, index) => ({ at: index + 1, value })), faults: [] };
  }
  const read = linesOf(bare);
  if (bare.trimStart().startsWith('[') || read.records.length === 0) throw new SyntaxError(whole.fault);
  return read;
}

function linesOf(text: string): Records {
  const faults: Remark[] = [];
  const records = text.split('\n').flatMap((line, index) => {
    const at = index + 1;
    if (line.trim() === '') return [];
    const one = parsed(line);
    if ('value' in one && typeof one.value === 'object') return [{ at, value: one.value }];
    faults.push({ at, what: 'value' in one ? 'it is no JSON object' : one.fault });
    return [];
  });
  return { records, faults };
}

function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: whereItBreaks(error, text.length) };
  }
}

/**
 * What `JSON.parse` had to say. Its own messages quote the text: of those only the place is told.
 * @param length of the text
 */
export function whereItBreaks(error: unknown, length: number): string {
  const message = error instanceof Error ? error.message : '';
  const place = /position (\d+)/u.exec(message)?.[1];
  if (/Unexpected end|Unterminated/u.test(message) || Number(place) >= length - 1)
    return 'its JSON ends too soon';
  return place === undefined ? 'it is not JSON' : `it is not JSON from character ${Number(place) + 1} on`;
}

/** What a schema found wrong first, with the place of it. */
export function whatIsWrong(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return 'it has another form';
  const where = first.path.join('.');
  return where ? `${where}: ${first.message}` : first.message;
}
