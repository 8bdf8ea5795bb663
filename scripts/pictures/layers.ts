/**
 * Places what stands in rows so that arrows between rows cross seldom and pass beside boxes: an arrow over more than
 * one row gets a bend in each row on its way, and each row is ordered by where its neighbours stand (the method of
 * Sugiyama, Tagawa and Toda, 1981).
 */
export type Layers = {
  /** From the top; each from the left, boxes and bends by their names. */
  readonly rows: readonly (readonly string[])[];
  /** Every arrow as the names that it passes, its ends included. */
  readonly paths: readonly (readonly string[])[];
};

const SWEEPS = 12;

/** @param rowOf the row of each box, 0 at the top; arrows go down */
export function layers(
  rowOf: ReadonlyMap<string, number>,
  arrows: readonly (readonly [string, string])[],
): Layers {
  const paths = arrows.map(([from, to]) => {
    const [first, last] = [rowOf.get(from) ?? 0, rowOf.get(to) ?? 0];
    const bends = Array.from({ length: Math.max(0, last - first - 1) }, (_, at) => `${from}>${to}@${at}`);
    return [from, ...bends, to];
  });
  const placed = new Map(rowOf);
  for (const path of paths) {
    const first = rowOf.get(path[0] ?? '') ?? 0;
    for (const [at, name] of path.entries()) placed.set(name, first + at);
  }
  const names = [...placed.keys()].toSorted();
  let rows = Array.from({ length: Math.max(...placed.values()) + 1 }, (_, row) =>
    names.filter((name) => placed.get(name) === row),
  );
  const [above, below] = [neighbours(paths, -1), neighbours(paths, 1)];
  let best = rows;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const places = placesIn(rows);
    const side = sweep % 2 === 0 ? above : below;
    rows = rows.map((row) => {
      const wish = (name: string) =>
        average((side.get(name) ?? [name]).map((other) => places.get(other) ?? 0));
      return row.toSorted((a, b) => wish(a) - wish(b) || (places.get(a) ?? 0) - (places.get(b) ?? 0));
    });
    if (crossings(rows, paths) < crossings(best, paths)) best = rows;
  }
  return { rows: best, paths };
}

export function isBend(name: string): boolean {
  return name.includes('>');
}

/** Pairs of arrows that cross between two rows. */
function crossings(rows: readonly (readonly string[])[], paths: Layers['paths']): number {
  const at = new Map(rows.flatMap((row) => row.map((name, nth): [string, number] => [name, nth])));
  const spot = (name: string | undefined) => at.get(name ?? '') ?? 0;
  return rows.reduce((sum, row) => {
    const steps = paths.flatMap((path) =>
      path
        .slice(1)
        .flatMap((to, nth) => (row.includes(path[nth] ?? '') ? [[spot(path[nth]), spot(to)] as const] : [])),
    );
    const crossed = steps.flatMap(([a, b], nth) =>
      steps.slice(nth + 1).filter(([c, d]) => (a - c) * (b - d) < 0),
    );
    return sum + crossed.length;
  }, 0);
}

function neighbours(paths: readonly (readonly string[])[], step: 1 | -1): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    path.forEach((name, at) => {
      const other = path[at + step];
      if (other !== undefined) found.set(name, [...(found.get(name) ?? []), other]);
    });
  }
  return found;
}

/** Between 0 (left) and 1 (right), whatever else is in its row. */
function placesIn(rows: readonly (readonly string[])[]): Map<string, number> {
  return new Map(
    rows.flatMap((row) => row.map((name, at): [string, number] => [name, (at + 0.5) / row.length])),
  );
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}
