import { z } from 'zod';

/** What dependency-cruiser prints with `--output-type json`, as far as it is read. */
export const cruiseSchema = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
});
export type Cruise = z.infer<typeof cruiseSchema>;

/** Which rooms there are, with how many files, and which imports which. */
export type Rooms = {
  readonly files: ReadonlyMap<string, number>;
  readonly arrows: ReadonlyMap<string, ReadonlySet<string>>;
};

/** The room of a file: the first folder below `src` (each stage is one of its own), or `commands`. */
export function roomOf(path: string): string | undefined {
  const [, room] = /^(?:src\/(stage\/[^/]+|[^/]+)\/|(?=commands\/))/u.exec(path) ?? [];
  return path.startsWith('commands/') ? 'commands' : room;
}

/** @param open files that every room may import: no arrow is drawn to them */
export function roomsIn({ modules }: Cruise, open: RegExp): Rooms {
  const files = new Map<string, number>();
  const arrows = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    if (from === undefined) continue;
    files.set(from, (files.get(from) ?? 0) + 1);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to === undefined || to === from || open.test(resolved)) continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return { files, arrows };
}

/** Only the arrows that no longer way says already. */
export function directArrows({ arrows }: Rooms): [string, string][] {
  const reaches = (from: string, to: string, seen: Set<string>): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(arrows.get(from) ?? [])].some((next) => reaches(next, to, seen));
  };
  return [...arrows].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to, new Set([from]))))
      .map((to): [string, string] => [from, to]),
  );
}

/** How far above the rooms that import nothing a room is: one more than the highest that it imports. */
export function heights({ files, arrows }: Rooms): Map<string, number> {
  const known = new Map<string, number>();
  const heightOf = (room: string, below: ReadonlySet<string>): number => {
    const found = known.get(room);
    if (found !== undefined) return found;
    const targets = [...(arrows.get(room) ?? [])].filter((to) => !below.has(to));
    const inside = new Set([...below, room]);
    const height = targets.length === 0 ? 0 : 1 + Math.max(...targets.map((to) => heightOf(to, inside)));
    known.set(room, height);
    return height;
  };
  for (const room of [...files.keys()].toSorted()) heightOf(room, new Set([room]));
  return known;
}
