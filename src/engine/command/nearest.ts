/**
 * The names most like what was typed, best first, for "did you mean …?". Names that share no more
 * with it than chance are left out: at most a third of the letters may differ, or one name must
 * begin with the other.
 */
export function nearest(typed: string, names: readonly string[], limit = 3): readonly string[] {
  const wanted = typed.trim().toLowerCase().slice(0, 100);
  if (wanted === '') return [];
  return names
    .map((name) => ({ name, distance: distanceToName(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** To the whole name or to the nearest word of it ("Darcey" is near "Mr. Darcy"). */
function distanceToName(wanted: string, name: string): number {
  if (name.startsWith(wanted) || (wanted.startsWith(name) && name.length > 2)) return 0;
  return Math.min(...[name, ...name.split(/[\s_-]+/u)].map((word) => editDistance(wanted, word)));
}

/** Insertions, deletions, substitutions and swapped neighbours from one to the other. */
function editDistance(from: string, to: string): number {
  const a = [...from];
  const b = [...to];
  let before: number[] = [];
  let row = [0, ...b.map((_, j) => j + 1)];
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const swapped = i > 0 && j > 0 && letter === b[j - 1] && other === a[i - 1];
      next.push(
        Math.min(
          at(row, j) + (letter === other ? 0 : 1),
          at(row, j + 1) + 1,
          at(next, j) + 1,
          swapped ? at(before, j - 1) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], i: number): number {
  return row[i] ?? Number.POSITIVE_INFINITY;
}
