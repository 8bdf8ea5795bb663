/** What was mended in the texts of a value. */
export type Mended<T> = {
  readonly value: T;
  /** Texts that held half a character (a lone surrogate) or a NUL: no other program would take them. */
  readonly mended: number;
  /** Texts with signs in them that stand for bytes that could not be read (U+FFFD); they stay. */
  readonly unreadable: number;
};

/** All texts of a value well-formed: half a character becomes U+FFFD, a NUL goes. */
export function mend<T>(value: T): Mended<T> {
  let [mended, unreadable] = [0, 0];

  function mendAny(one: unknown): unknown {
    if (typeof one === 'string') return mendText(one);
    if (Array.isArray(one)) return one.map(mendAny);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [mendText(key), mendAny(inner)]));
  }

  function mendText(text: string): string {
    if (text.includes('\uFFFD')) unreadable += 1;
    if (text.isWellFormed() && !text.includes('\0')) return text;
    mended += 1;
    return text.toWellFormed().replaceAll('\0', '');
  }

  // Its form is what it was: only texts within it changed.
  return { value: mendAny(value) as T, mended, unreadable };
}
