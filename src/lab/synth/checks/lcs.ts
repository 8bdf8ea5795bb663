/** Of longer texts the table would take too long: then words count in any order. Cells. */
const MOST_CELLS = 4_000_000;

/** How many words of one text stand in the other in the same order: the longest common subsequence. */
export function lcsLength(one: readonly string[], other: readonly string[]): number {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const rows = one.slice(start, one.length - end);
  const columns = other.slice(start, other.length - end);
  const between = rows.length * columns.length > MOST_CELLS ? shared(rows, columns) : table(rows, columns);
  return start + between + end;
}

function table(rows: readonly string[], columns: readonly string[]): number {
  let above = new Uint32Array(columns.length + 1);
  for (const word of rows) {
    const row = new Uint32Array(columns.length + 1);
    for (const [at, column] of columns.entries()) {
      row[at + 1] = word === column ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0);
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}

function shared(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of other) left.set(word, (left.get(word) ?? 0) + 1);
  let count = 0;
  for (const word of one) {
    const there = left.get(word) ?? 0;
    if (there === 0) continue;
    left.set(word, there - 1);
    count += 1;
  }
  return count;
}
