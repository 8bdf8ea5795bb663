import type { BeatOf } from '../../scene/beat.ts';
import type { JudgedVersions } from './choice.ts';
import type { VersionHasher } from './version-hash.ts';

/**
 * What a judge had said of one of these versions, before people chose: it put one first, which is marked
 * with how many were compared, and those that it put behind follow it in the log, as far as they were
 * kept. Of what was reworded since it has said nothing.
 *
 * @param versions all versions of a line, oldest first
 * @param chosen beats of those that somebody chose between
 * @param amends by the beats that were reworded
 */
export function judgedVersions(
  versions: readonly BeatOf<'line'>[],
  chosen: readonly number[],
  amends: ReadonlyMap<number, unknown>,
  hashed: VersionHasher,
): JudgedVersions | undefined {
  let found: { readonly judge: JudgedVersions; readonly known: number } | undefined;
  for (const [at, first] of versions.entries()) {
    const judged = first.made?.judged;
    if (!judged || amends.has(first.n)) continue;
    const behind = versions.slice(at + 1, at + judged.of);
    const swiped = behind.findIndex((version, place) => !isCandidate(version, first.n + place + 1));
    const over = behind.slice(0, swiped === -1 ? behind.length : swiped).filter(({ n }) => !amends.has(n));
    if (over.length === 0) continue;
    const known = [first, ...over].filter(({ n }) => chosen.includes(n)).length;
    if (known <= (found?.known ?? 0)) continue;
    const { by, outcome, principle, dimension } = judged;
    const judge: JudgedVersions = {
      by,
      first: hashed(first.segments),
      over: over.map(({ segments }) => hashed(segments)),
      outcome,
      ...(principle === undefined ? {} : { principle }),
      ...(dimension === undefined ? {} : { dimension }),
    };
    found = { judge, known };
  }
  return found?.judge;
}

/** Candidates were written down right after the first, and nobody saw anything of them before; of a swipe people do. */
function isCandidate({ n, made }: BeatOf<'line'>, expected: number): boolean {
  return n === expected && made !== undefined && !made.judged && made.msToVisible === undefined;
}
