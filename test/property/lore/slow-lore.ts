import type { LoreScan } from '../../../src/cast/lore/activation.ts';
import { drawByWeight, isDrawn } from '../../../src/cast/lore/dice.ts';
import type { LoreBook, LoreCondition, LoreEntry } from '../../../src/cast/lore/lore.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';

/** What one entry came to, as the slow model tells it. */
export type SlowActive = { book: string; id: string; why: string; key?: number; beat?: number };
type Called = SlowActive & { entry: LoreEntry; home: LoreBook; place: number };

/**
 * The rules of docs/lore.md, written down as plainly as can be: every entry looks through every line, every
 * round anew. Only the dice are the real ones. Knows no macros.
 */
export function slowLore(books: readonly LoreBook[], scan: LoreScan) {
  const all = books.flatMap((home) => home.entries.map((entry) => ({ home, entry })));
  const active: Called[] = [];
  const left: { book: string; id: string }[] = [];
  const done = new Set<LoreEntry>();
  const taken = new Set<string>();
  const recalled: string[] = [];
  let fresh: Called[] = [];

  for (let round = 0; round <= scan.maxRecursion; round += 1) {
    if (round > 0) {
      const said = fresh.filter(({ home, entry }) => home.recursive && !entry.preventRecursion);
      if (said.length === 0) break;
      recalled.push(...said.map(({ entry }) => entry.text));
    }
    const found: Called[] = [];
    for (const [place, { home, entry }] of all.entries()) {
      if (done.has(entry)) continue;
      const how = whyCalled(home, entry, round);
      if (how) found.push({ ...how, book: home.id, id: entry.id, entry, home, place });
    }
    for (const { entry } of found) done.add(entry);
    fresh = fill(throwDice(oneOfEachGroup(found)));
  }
  active.sort((one, other) => one.entry.order - other.entry.order || one.place - other.place);
  return {
    active: active.map(({ book, id, why, key, beat }): SlowActive => {
      const keys = key === undefined ? {} : { key };
      return { book, id, why, ...keys, ...(beat === undefined ? {} : { beat }) };
    }),
    left,
  };

  function whyCalled(home: LoreBook, entry: LoreEntry, round: number) {
    if (!entry.enabled || entry.text.trim() === '' || !mayKnow(entry)) return undefined;
    if (scan.messages < entry.delay) return undefined;
    const ago = scan.last(home.id, entry.id)?.ago ?? 0;
    const isTimed = entry.sticky > 0 || entry.cooldown > 0;
    if (isTimed && ago >= 1 && ago <= entry.sticky) return round === 0 ? { why: 'sticky' } : undefined;
    if (isTimed && ago >= 1 && ago <= entry.sticky + entry.cooldown) return undefined;
    if (entry.every && scan.messages % entry.every !== 0) return undefined;
    if (round === 0 && entry.delayUntilRecursion) return undefined;
    if (round > 0 && (entry.excludeRecursion || !home.recursive)) return undefined;

    const depth = entry.scanDepth ?? home.scanDepth ?? scan.scanDepth;
    const lines = entry.delayUntilRecursion || depth === 0 ? [] : scan.heard.slice(-depth);
    const said = home.recursive ? recalled : [];
    const holds = (key: string) =>
      lines.some(({ text }) => stands(key, entry, text)) || said.some((text) => stands(key, entry, text));
    const meets = ({ keys, logic }: LoreCondition) => {
      const count = keys.filter(holds).length;
      if (logic === 'any') return count > 0;
      if (logic === 'all') return count === keys.length;
      if (logic === 'not-any') return count === 0;
      return count < keys.length;
    };
    if (!(entry.also ?? []).every(meets)) return undefined;
    if (entry.constant) return { why: 'constant' };
    const key = entry.keys.findIndex(holds);
    if (key < 0) return undefined;
    if (entry.secondaryKeys.length > 0 && !meets({ keys: entry.secondaryKeys, logic: entry.logic }))
      return undefined;
    const line = lines.findLast(({ text }) => stands(entry.keys[key] ?? '', entry, text));
    return { why: round === 0 ? 'key' : 'recursion', key, ...(line ? { beat: line.n } : {}) };
  }

  function mayKnow({ only }: LoreEntry): boolean {
    if (!only) return true;
    const { id, name, aliases = [], tags } = scan.speaker;
    const isNamed = only.names.some((given) =>
      [id, name, ...aliases].some((own) => own.toLowerCase() === given.toLowerCase()),
    );
    const isTagged = only.tags.some((given) => tags.some((own) => own.toLowerCase() === given.toLowerCase()));
    return only.not ? !isNamed && !isTagged : isNamed || isTagged;
  }

  function oneOfEachGroup(found: readonly Called[]): Called[] {
    let alive = found.filter(({ entry }) => !groupsOf(entry).some((group) => taken.has(group)));
    for (const group of new Set(alive.flatMap(({ entry }) => groupsOf(entry)))) {
      let contenders = alive.filter(({ entry }) => groupsOf(entry).includes(group));
      if (taken.has(group) || contenders.length === 0) continue;
      if (contenders.some(({ why }) => why === 'sticky')) {
        contenders = contenders.filter(({ why }) => why === 'sticky');
      }
      const asking = contenders.filter(({ entry }) => entry.groupOverride);
      const highest = Math.max(...asking.map(({ entry }) => entry.order));
      const [first, ...others] = contenders;
      const chosen =
        asking.find(({ entry }) => entry.order === highest) ??
        (first ? drawByWeight([first, ...others], group, scan) : undefined);
      const own = chosen ? groupsOf(chosen.entry) : [];
      for (const each of own) taken.add(each);
      alive = alive.filter(
        (each) => each === chosen || !groupsOf(each.entry).some((other) => own.includes(other)),
      );
    }
    return alive;
  }

  function throwDice(found: readonly Called[]): Called[] {
    return found.filter(({ book, entry, why }) => why === 'sticky' || isDrawn(scan, book, entry));
  }

  function fill(found: readonly Called[]): Called[] {
    const rankOf = ({ entry }: Called) => entry.priority ?? entry.order;
    const inTurn = [...found].sort(
      (one, other) =>
        Number(other.entry.constant) - Number(one.entry.constant) ||
        rankOf(other) - rankOf(one) ||
        other.entry.order - one.entry.order ||
        one.place - other.place,
    );
    const weigh = (those: readonly Called[]) =>
      those.reduce((sum, { entry }) => sum + weightOf(entry.text.trim()), 0);
    return inTurn.filter((called) => {
      const { home, book, id, entry } = called;
      const weight = weightOf(entry.text.trim());
      const ofBook = weigh(active.filter((other) => other.home === home)) + weight;
      const hasRoom = weigh(active) + weight <= scan.budget && ofBook <= (home.tokenBudget ?? 1e9) * 3;
      if (hasRoom) active.push(called);
      else left.push({ book, id });
      return hasRoom;
    });
  }
}

function groupsOf({ group }: LoreEntry): string[] {
  return group
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function stands(key: string, entry: LoreEntry, text: string): boolean {
  const slashed = /^\/(.+)\/([dgimsuy]*)$/.exec(key);
  if (slashed) return new RegExp(slashed[1] ?? '', (slashed[2] ?? '').replace(/[gy]/g, '')).test(text);
  if (entry.regex) return new RegExp(key, entry.caseSensitive ? '' : 'i').test(text);
  const sought = entry.caseSensitive ? key.trim() : key.trim().toLowerCase();
  const place = entry.caseSensitive ? text : text.toLowerCase();
  if (!sought) return false;
  for (let at = place.indexOf(sought); at >= 0; at = place.indexOf(sought, at + 1)) {
    const before = Array.from(place.slice(0, at)).at(-1) ?? ' ';
    const after = Array.from(place.slice(at + sought.length))[0] ?? ' ';
    const first = Array.from(sought)[0] ?? '';
    const last = Array.from(sought).at(-1) ?? '';
    if (!entry.wholeWords || (!areJoined(before, first) && !areJoined(last, after))) return true;
  }
  return false;
}

/** Two letters that could stand in one word; Chinese ones stand alone. */
function areJoined(one: string, other: string): boolean {
  return [one, other].every(
    (letter) => /[\p{L}\p{M}\p{N}_]/u.test(letter) && !/\p{Script=Han}/u.test(letter),
  );
}
