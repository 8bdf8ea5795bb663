import { foldKey, type Json, type JsonObject, objectsIn } from '../../format/answer-json.ts';
import { withoutThinking } from '../verdict/without-thinking.ts';
import type { MarkKind } from './mark.ts';

/** What a judge is asked of; the other kinds are a matter of counting, which rules do better. */
export const JUDGED_KINDS = [
  'knows-too-much',
  'speaks-for-others',
  'out-of-card',
  'assistant-voice',
] as const satisfies readonly MarkKind[];
export type JudgedKind = (typeof JUDGED_KINDS)[number];

const keyOf = (kind: JudgedKind) => kind.replaceAll('-', '_');

/** JSON schema of an answer. The words come first: whoever has found none says no. */
export const CONTINUITY_SCHEMA: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: Object.fromEntries(
    JUDGED_KINDS.map((kind) => [
      keyOf(kind),
      {
        type: 'object',
        properties: { quote: { type: 'string' }, found: { type: 'boolean' } },
        required: ['quote', 'found'],
        additionalProperties: false,
      },
    ]),
  ),
  required: JUDGED_KINDS.map(keyOf),
  additionalProperties: false,
};

/** What a judge says it found; its quotes are not believed yet. */
export type Found = { readonly kind: JudgedKind; readonly quote: string };

/** More of an answer is not read. Characters. */
export const LONGEST_ANSWER = 20_000;

/**
 * The faults in an answer that was to be JSON: bare, in prose or in fences, with the slips that models make,
 * as an object of faults or a list of them. Never throws.
 * @returns undefined where it cannot be told what the judge means
 */
export function readContinuity(answer: string): readonly Found[] | undefined {
  const { objects, end } = objectsIn(withoutThinking(answer.slice(0, LONGEST_ANSWER)).said);
  let last: readonly Found[] | undefined;
  // Of one that was cut off nobody knows what it was about to say.
  const whole = end === 'cut' ? objects.slice(0, -1) : objects;
  for (const object of whole) last = foundIn(object) ?? last;
  return last;
}

/** Undefined where nothing in it speaks of faults; an empty list where there is none. */
function foundIn(value: Json): Found[] | undefined {
  if (isList(value)) return value.flatMap(listedIn);
  if (!(value instanceof Map)) return undefined;
  const named = [...value].flatMap(([key, one]) => {
    const kind = kindOf(key);
    return kind ? [{ kind, one }] : [];
  });
  if (named.length > 0) {
    return named.flatMap(({ kind, one }) => quotesIn(one).map((quote) => ({ kind, quote })));
  }
  if (firstOf(value, KIND) !== undefined) return listedIn(value);
  for (const one of value.values()) {
    const found = foundIn(one);
    if (found) return found;
  }
  return undefined;
}

/** `{"kind": "knows too much", "quote": "…"}`. */
function listedIn(value: Json): Found[] {
  const named = value instanceof Map ? firstOf(value, KIND) : undefined;
  const kind = typeof named === 'string' ? kindOf(named) : undefined;
  return kind ? quotesIn(value).map((quote) => ({ kind, quote })) : [];
}

// What models call the fields of a fault; folded, like all keys.
const KIND = ['kind', 'fault', 'type'];
const QUOTE = ['quote', 'quotes', 'quoted', 'quotation', 'words', 'evidence', 'text', 'line'];
const FOUND = ['found', 'present', 'hasfault', 'yes', 'value', 'answer', 'result', 'verdict'];

/** The words of one fault, where it was found at all. */
function quotesIn(value: Json): string[] {
  if (typeof value === 'string') return isNo(value) ? [] : [value];
  if (isList(value)) return value.flatMap(quotesIn);
  if (!(value instanceof Map) || isNo(firstOf(value, FOUND))) return [];
  return QUOTE.flatMap((key) => value.get(key) ?? []).filter((one) => typeof one === 'string' && !isNo(one));
}

/** What stands under the first of these keys that is there. */
function firstOf(object: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.map((key) => object.get(key)).find((value) => value !== undefined);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const NO = new Set(['', 'no', 'none', 'false', 'null', 'na', 'nein', '0']);

function isNo(value: Json | undefined): boolean {
  return NO.has(foldKey(String(value)));
}

const ALIASES: ReadonlyMap<string, JudgedKind> = new Map([
  ['outofcharacter', 'out-of-card'],
  ['outofthecard', 'out-of-card'],
  ['speaksforother', 'speaks-for-others'],
  ['assistant', 'assistant-voice'],
]);

function kindOf(name: string): JudgedKind | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/gu, '');
  return JUDGED_KINDS.find((kind) => kind.replaceAll('-', '') === plain) ?? ALIASES.get(plain);
}
