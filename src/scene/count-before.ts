/** How many of these, in the order of their beats, come before beat `n`; found by halving. */
export function countBefore(entries: readonly { readonly n: number }[], n: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.n ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}
