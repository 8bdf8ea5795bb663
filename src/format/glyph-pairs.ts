/** Reads `'aАbВ'` as a table: each character at an even place maps to the one behind it. */
export function glyphPairs(glyphs: string): ReadonlyMap<string, string> {
  const all = [...glyphs];
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < all.length; i += 2) pairs.set(all[i] ?? '', all[i + 1] ?? '');
  return pairs;
}
