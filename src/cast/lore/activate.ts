import { weightOf } from '../../scene/weight-of.ts';
import { bindMacros } from '../macros/bind-macros.ts';
import type { Activation, ActiveEntry, LeftEntry, LoreScan } from './activation.ts';
import { isDrawn } from './dice.ts';
import { chooseOfGroups } from './groups.ts';
import type { LoreBook } from './lore.ts';
import { type Candidate, openBook } from './scan-book.ts';
import { createLines } from './scan-lines.ts';

/** What patterns may cost in one turn, in steps of RE2: some tenths of a second at the worst. */
const PATTERN_STEPS = 60_000_000;

/**
 * Which entries of these books come to a character's mind before its turn. Pure; the rules are told in
 * docs/lore.md. A round finds candidates, settles groups, throws the dice and fills the budget, in that
 * order; what came in is looked through for keys in the next round. An entry has one chance a turn.
 */
export function activateLore(books: readonly LoreBook[], scan: LoreScan): Activation {
  const macros = scan.macros ?? { char: scan.speaker.name, user: '{{user}}' };
  const fill = bindMacros(macros);
  const fillForScan = bindMacros(macros, { hiddenKeys: true });
  const lines = createLines(scan.heard);
  const patternSteps = { left: PATTERN_STEPS };
  const open = books.map((book, place) => openBook({ book, place, scan, lines, macros, patternSteps }));

  const active: Candidate[] = [];
  const left: LeftEntry[] = [];
  const takenGroups = new Set<string>();
  let room = scan.budget;

  let fresh = settle(open.flatMap((book) => book.candidates(0)));
  for (let round = 1; round <= scan.maxRecursion; round += 1) {
    const said = fresh
      .filter(({ from, entry }) => from.book.recursive && !entry.preventRecursion)
      .map(({ entry }) => fillForScan(entry.text));
    if (said.length === 0) break;
    for (const book of open) book.recall(said);
    fresh = settle(open.flatMap((book) => book.candidates(round)));
  }
  return { active: active.sort(byPrompt).map(told), left };

  /** Those of the candidates that come in. */
  function settle(found: readonly Candidate[]): Candidate[] {
    const drawn = chooseOfGroups(found, takenGroups, scan).filter(
      ({ from, entry, why }) => why === 'sticky' || isDrawn(scan, from.book.id, entry),
    );
    return drawn.sort(byRank).filter((candidate) => {
      const { from, entry } = candidate;
      const weight = weightOf(fill(entry.text).trim());
      if (weight === 0) return false;
      if (weight > room || weight > from.room) {
        left.push({ book: from.book.id, entry, because: 'budget' });
        return false;
      }
      room -= weight;
      from.room -= weight;
      active.push(candidate);
      return true;
    });
  }
}

/** Who comes first where there is not room for all: constant entries, then by priority, then by order. */
function byRank(one: Candidate, other: Candidate): number {
  const rank = ({ entry }: Candidate) => entry.priority ?? entry.order;
  return (
    Number(other.entry.constant) - Number(one.entry.constant) ||
    rank(other) - rank(one) ||
    other.entry.order - one.entry.order ||
    one.place - other.place
  );
}

function byPrompt(one: Candidate, other: Candidate): number {
  return one.entry.order - other.entry.order || one.place - other.place;
}

function told({ from, entry, why, key, beat }: Candidate): ActiveEntry {
  const keys = key === undefined ? {} : { key };
  return { book: from.book.id, entry, why, ...keys, ...(beat === undefined ? {} : { beat }) };
}
