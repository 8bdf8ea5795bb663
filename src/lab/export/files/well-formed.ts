/**
 * A value of JSON without halves of surrogate pairs, which no file of UTF-8 can hold: each becomes U+FFFD.
 * The same object where there are none.
 */
export function wellFormed<T extends object>(value: T): T {
  // JSON writes halves, and no other letter of theirs, as escapes; an escape may also be of the text itself.
  if (!/\\ud[89a-f]/u.test(JSON.stringify(value))) return value;
  return mended(value) as T;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mended(one)]));
}
