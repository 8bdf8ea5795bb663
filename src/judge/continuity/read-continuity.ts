import { type Json, objectsIn } from '../../format/answer-json.ts';
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
const DEEPEST = 4;

/**
 * The faults in an answer that was to be JSON: bare, in prose or in fences, with the slips that models make,
 * as an object of faults or a list of them. Never throws.
 * @returns undefined where it cannot be told what the judge means
 */
export function readContinuity(answer: string): readonly Found[] | undefined {
  const { objects, end } = objectsIn(withoutThinking(answer.slice(0, LONGEST_ANSWER)));
  let last: readonly Found[] | undefined;
  // Of one that was cut off nobody knows what it was about to say.
  const whole = end === 'cut' ? objects.slice(0, -1) : objects;
  for (const object of whole) last = foundIn(object, 0) ?? last;
  return last;
}

function withoutThinking(answer: string): string {
  const end = [...answer.matchAll(/<\s*\/\s*think\w*\s*>/giu)].at(-1);
  return end ? answer.slice(end.index + end[0].length) : answer;
}

/** Undefined where nothing in it speaks of faults; an empty list where there is none. */
function foundIn(value: Json, depth: number): Found[] | undefined {
  if (isList(value)) return value.flatMap(listedIn);
  const entries = fieldsOf(value);
  if (depth > DEEPEST || !entries) return undefined;
  const named = entries.flatMap(([key, one]) => {
    const kind = kindOf(key);
    return kind ? [{ kind, one }] : [];
  });
  if (named.length > 0) {
    return named.flatMap(({ kind, one }) => quotesIn(one).map((quote) => ({ kind, quote })));
  }
  if (entries.some(([key]) => /^(?:kind|fault|type)$/iu.test(key))) return listedIn(value);
  for (const [, one] of entries) {
    const found = foundIn(one, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** `{"kind": "knows too much", "quote": "…"}`. */
function listedIn(value: Json): Found[] {
  const fields = fieldsOf(value) ?? [];
  const named = fields.find(([key]) => /^(?:kind|fault|type)$/iu.test(key))?.[1];
  const kind = typeof named === 'string' ? kindOf(named) : undefined;
  return kind ? quotesIn(value).map((quote) => ({ kind, quote })) : [];
}

const QUOTE = /^(?:quote[sd]?|quotation|words|evidence|text|line)$/iu;
const FOUND = /^(?:found|present|fault|hasfault|yes|value|answer|result|verdict)$/iu;

/** The words of one fault, where it was found at all. */
function quotesIn(value: Json): string[] {
  if (typeof value === 'string') return isNo(value) ? [] : [value];
  if (isList(value)) return value.flatMap(quotesIn);
  const fields = fieldsOf(value) ?? [];
  const says = fields.find(([key]) => FOUND.test(key) && key.toLowerCase() !== 'fault')?.[1];
  if (says !== undefined && isNo(says)) return [];
  const quoted = fields.filter(([key]) => QUOTE.test(key)).map(([, one]) => one);
  return quoted
    .flatMap((one) => (isList(one) ? one : [one]))
    .filter((one): one is string => typeof one === 'string' && !isNo(one));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function fieldsOf(value: Json): readonly (readonly [string, Json])[] | undefined {
  return value instanceof Map ? [...value] : undefined;
}

function isNo(value: unknown): boolean {
  if (typeof value === 'string') return /^\W*(?:no|none|false|null|n\/a|nein|0)?\W*$/iu.test(value);
  return value === false || value === null || value === 0;
}

const ALIASES: Readonly<Record<string, JudgedKind>> = {
  outofcharacter: 'out-of-card',
  outofthecard: 'out-of-card',
  speaksforother: 'speaks-for-others',
  assistant: 'assistant-voice',
};

function kindOf(name: string): JudgedKind | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/gu, '');
  return JUDGED_KINDS.find((kind) => kind.replaceAll('-', '') === plain) ?? ALIASES[plain];
}
