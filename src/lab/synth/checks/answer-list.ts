import { type Json, type JsonObject, objectsIn } from '../../../format/answer-json.ts';

/**
 * The entries of a list that a model was asked for, wherever it put them: in an object under one of the keys,
 * or one after another. Lenient in form; undefined where there is no JSON at all.
 *
 * @param keys folded: small letters and digits alone
 */
export function entriesIn(answer: string, keys: readonly string[]): readonly JsonObject[] | undefined {
  const { objects } = objectsIn(answer);
  if (objects.length === 0) return undefined;
  const lists = objects.flatMap((object) => keys.flatMap((key) => listOf(object.get(key)) ?? []));
  return lists.length > 0 || objects.some((object) => keys.some((key) => object.has(key))) ? lists : objects;
}

function listOf(value: Json | undefined): readonly JsonObject[] | undefined {
  if (value instanceof Map) return [value];
  return isList(value) ? value.filter((one): one is JsonObject => one instanceof Map) : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A whole number under one of the keys, also where it is written as text. */
export function wholeIn(entry: JsonObject, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = entry.get(key);
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    const digits = typeof value === 'string' ? /^\D{0,3}(\d{1,6})$/u.exec(value.trim())?.[1] : undefined;
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}

/** A text under one of the keys. */
export function textIn(entry: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = entry.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}
