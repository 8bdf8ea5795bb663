import { type Dice, drawByWeight } from './dice.ts';
import type { Candidate } from './scan-book.ts';

/**
 * Leaves one of each group, and none of a group from which one was taken earlier this turn; the groups of
 * those that stay are added to `taken`. One that stays from an earlier turn goes before all, then the highest
 * in order of those that ask for it (`groupOverride`), then the dice.
 */
export function chooseOfGroups(found: readonly Candidate[], taken: Set<string>, dice: Dice): Candidate[] {
  const alive = new Set(
    found.filter(({ entry }) => !groupsOf(entry.group).some((group) => taken.has(group))),
  );
  const members = new Map<string, Candidate[]>();
  for (const candidate of alive) {
    for (const group of groupsOf(candidate.entry.group)) {
      const others = members.get(group);
      if (others) others.push(candidate);
      else members.set(group, [candidate]);
    }
  }
  for (const [group, all] of members) {
    const [first, ...others] = all.filter((candidate) => alive.has(candidate));
    if (taken.has(group) || !first) continue;
    const chosen = chosenOf([first, ...others], group, dice);
    for (const own of groupsOf(chosen.entry.group)) {
      taken.add(own);
      for (const other of members.get(own) ?? []) if (other !== chosen) alive.delete(other);
    }
  }
  return [...alive];
}

function chosenOf(all: readonly [Candidate, ...Candidate[]], group: string, dice: Dice): Candidate {
  const [kept, ...alsoKept] = all.filter(({ why }) => why === 'sticky');
  const contenders = kept ? ([kept, ...alsoKept] as const) : all;
  const [first, ...others] = contenders.filter(({ entry }) => entry.groupOverride);
  if (!first) return drawByWeight(contenders, group, dice);
  return others.reduce((best, other) => (other.entry.order > best.entry.order ? other : best), first);
}

function groupsOf(written: string): string[] {
  if (!written) return [];
  return written
    .split(',')
    .map((group) => group.trim())
    .filter(Boolean);
}
