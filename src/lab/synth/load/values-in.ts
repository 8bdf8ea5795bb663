import { whereItBreaks } from '../../coser/files/records-in.ts';
import { createCollector } from './collector.ts';
import { elementsOf } from './elements-of.ts';
import { boundedLines } from './lines-of.ts';
import { TOLD } from './raw-conversation.ts';
import type { TextPiece } from './text-piece.ts';

/** One value of a file of JSON, or a piece that is none. `at`: its line, or its place in the list, from 1. */
export type JsonPiece =
  | { readonly kind: 'value'; readonly at: number; readonly value: unknown }
  | {
      readonly kind: 'fault';
      readonly at: number;
      readonly why: 'broken-json' | 'too-large' | 'breaks-off';
      readonly detail: string;
      /** Its beginning. */
      readonly text: string;
    };

/** How values are written down. `list`: one list of them; `whole`: objects over many lines. */
export type JsonLayout = 'lines' | 'list' | 'whole';

/** A larger value is not held in memory. Characters. */
export const LARGEST_VALUE = 64_000_000;

/** By the beginning of a text: undefined where it is no JSON. (A thought in brackets may begin one, too.) */
export function layoutOf(begins: string): JsonLayout | undefined {
  const text = begins.replace(/^\uFEFF/u, '').trimStart();
  if (/^\[\s*(?:[[{"\]]|$)/u.test(text)) return 'list';
  if (!/^\{\s*(?:["}]|$)/u.test(text)) return undefined;
  const [first = '', ...more] = text.split('\n');
  const next = more.find((line) => line.trim() !== '');
  if (next === undefined || next.startsWith('{') || isJson(first)) return 'lines';
  return 'whole';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The values of a text that comes in chunks, one at a time: memory holds one value, whatever the length of the
 * text. One that is broken is told, and the next one is read.
 *
 * @param largest characters of one value
 */
export async function* valuesIn(
  chunks: AsyncIterable<string>,
  layout: JsonLayout,
  largest = LARGEST_VALUE,
): AsyncGenerator<JsonPiece> {
  const pieces =
    layout === 'lines' ? jsonLines(chunks, largest) : elementsOf(chunks, createCollector(largest));
  for await (const piece of pieces) yield read(piece, largest);
}

async function* jsonLines(chunks: AsyncIterable<string>, largest: number): AsyncGenerator<TextPiece> {
  for await (const { at, text, begins, isLast } of boundedLines(chunks, largest)) {
    if (begins.trim() !== '' || text === undefined) yield { at, text, begins, isCut: isLast };
  }
}

function read({ at, text, begins, isCut = false, fault }: TextPiece, largest: number): JsonPiece {
  const broken = { kind: 'fault', at, text: begins } as const;
  if (fault !== undefined) return { ...broken, why: isCut ? 'breaks-off' : 'broken-json', detail: fault };
  if (text === undefined)
    return { ...broken, why: 'too-large', detail: `it has more than ${largest} characters` };
  try {
    return { kind: 'value', at, value: JSON.parse(text.replace(/^\uFEFF/u, '')) };
  } catch (error) {
    const detail = whereItBreaks(error, text.length);
    // A last line that ends too soon is where a copy or a download stopped.
    if (isCut && detail === 'its JSON ends too soon') {
      return { ...broken, why: 'breaks-off', detail: 'the file breaks off in it', text: text.slice(0, TOLD) };
    }
    return { ...broken, why: 'broken-json', detail };
  }
}
