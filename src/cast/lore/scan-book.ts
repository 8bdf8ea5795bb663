import type { MacroNames } from '../macros/macro-names.ts';
import type { ActiveEntry, LoreScan } from './activation.ts';
import { type CompiledEntry, compiledBook } from './compile-book.ts';
import type { LoreBook, LoreEntry, LoreLogic } from './lore.ts';
import { createFilter } from './lore-filter.ts';
import { type ScanLines, type ScanText, scanText } from './scan-lines.ts';

/** An entry that was called up, before it is known whether it comes in. */
export type Candidate = Omit<ActiveEntry, 'book'> & {
  readonly from: BookScan;
  /** Among all entries of all books. */
  readonly place: number;
};

/** One book while a turn's lore is gathered. */
export type BookScan = {
  readonly book: LoreBook;
  /** Weight that its entries may still have. */
  room: number;
  /** Looks through what entries say that came in. */
  recall(said: readonly string[]): void;
  /** What is called up that was not before: by what was heard in round 0, then also by what was recalled. */
  candidates(round: number): Candidate[];
};

type Opening = {
  readonly book: LoreBook;
  /** Among the books. */
  readonly place: number;
  readonly scan: LoreScan;
  readonly lines: ScanLines;
  readonly macros: MacroNames;
  /** Shared by all books: what patterns may still cost. */
  readonly patternSteps: { left: number };
};

type Waiting = CompiledEntry & {
  readonly place: number;
  readonly depth: number;
  readonly isSticky: boolean;
};

/** A token is counted as three of weight, as where a prompt is measured. */
const WEIGHT_OF_TOKEN = 3;
const MAX_ENTRIES = 1_000_000;

/** Looks a book up in what was heard. */
export function openBook({ book, place, scan, lines, macros, patternSteps }: Opening): BookScan {
  const compiled = compiledBook(book, macros);
  const isFor = createFilter(scan.speaker);
  let waiting: Waiting[] = [];
  let maxDepth = 0;
  for (const [index, entry] of compiled.entries.entries()) {
    if (!entry.entry.enabled || !entry.entry.text.trim() || !isFor(entry.entry.only)) continue;
    const timing = timingOf(entry.entry, book.id, scan);
    if (timing === 'barred') continue;
    const depth = Math.min(entry.entry.scanDepth ?? book.scanDepth ?? scan.scanDepth, lines.count);
    maxDepth = Math.max(maxDepth, depth);
    waiting.push({ ...entry, depth, place: place * MAX_ENTRIES + index, isSticky: timing === 'sticky' });
  }

  /** By a key's number: how many lines ago it was found last, -1 where it was not. */
  const heardAgo = new Int32Array(compiled.size).fill(-1);
  const isRecalled = new Uint8Array(compiled.size);

  const searches = compiled.finders.map(({ form, begin }) => ({ form, search: begin() }));
  let patterns = compiled.patterns;
  for (let ago = 0; ago < maxDepth; ago += 1) {
    const line = lines.at(ago);
    const found = (key: number) => {
      heardAgo[key] = ago;
    };
    for (const { form, search } of searches) search(line[form], found);
    patterns = patterns.filter((pattern) => !isFound(pattern, line, found));
  }

  const searchesAgain = compiled.finders.map(({ form, begin }) => ({ form, search: begin() }));
  let patternsAgain = compiled.patterns;

  function recall(said: readonly string[]): void {
    if (!book.recursive) return;
    const found = (key: number) => {
      isRecalled[key] = 1;
    };
    for (const text of said.map(scanText)) {
      for (const { form, search } of searchesAgain) search(text[form], found);
      patternsAgain = patternsAgain.filter((pattern) => !isFound(pattern, text, found));
    }
  }

  function isFound(
    { key, size, test }: (typeof compiled.patterns)[number],
    { text }: ScanText,
    found: (key: number) => void,
  ): boolean {
    if (patternSteps.left <= 0) return false;
    patternSteps.left -= size * text.length;
    if (!test(text)) return false;
    found(key);
    return true;
  }

  const isHeard = (key: number, depth: number) => {
    const ago = heardAgo[key] ?? -1;
    return ago >= 0 && ago < depth;
  };

  function called(waiting: Waiting, round: number): Omit<Candidate, 'from' | 'place'> | undefined {
    const { entry, depth, keys, conditions, also, isSticky } = waiting;
    if (isSticky) return { entry, why: 'sticky' };
    if (round === 0 ? entry.delayUntilRecursion : entry.excludeRecursion) return undefined;
    const holds = (key: number) =>
      isRecalled[key] === 1 || (!entry.delayUntilRecursion && isHeard(key, depth));
    if (entry.constant) return meets(also, holds) ? { entry, why: 'constant' } : undefined;
    const key = keys.findIndex(holds);
    if (key < 0 || !meets(conditions, holds)) return undefined;
    const number = keys[key] ?? -1;
    const wasHeard = !entry.delayUntilRecursion && isHeard(number, depth);
    const beat = wasHeard ? { beat: lines.at(heardAgo[number] ?? 0).n } : {};
    return { entry, why: round === 0 ? 'key' : 'recursion', key, ...beat };
  }

  const from: BookScan = {
    book,
    room: (book.tokenBudget ?? Number.POSITIVE_INFINITY) * WEIGHT_OF_TOKEN,
    recall,
    candidates(round) {
      if (round > 0 && !book.recursive) return [];
      const found: Candidate[] = [];
      waiting = waiting.filter((entry) => {
        const how = called(entry, round);
        if (how) found.push({ ...how, from, place: entry.place });
        return !how;
      });
      return found;
    },
  };
  return from;
}

/** Whether an entry stays from earlier, or may not be called up yet or again. */
function timingOf(entry: LoreEntry, book: string, scan: LoreScan): 'sticky' | 'barred' | undefined {
  const { sticky, cooldown, delay, every } = entry;
  if (scan.messages < delay) return 'barred';
  const ago = sticky > 0 || cooldown > 0 ? (scan.last(book, entry.id)?.ago ?? 0) : 0;
  if (ago > 0 && ago <= sticky) return 'sticky';
  if (ago > 0 && ago <= sticky + cooldown) return 'barred';
  return every && scan.messages % every !== 0 ? 'barred' : undefined;
}

function meets(conditions: CompiledEntry['conditions'], holds: (key: number) => boolean): boolean {
  return conditions.every(({ keys, logic }) => isMet(logic, keys, holds));
}

function isMet(logic: LoreLogic, keys: readonly number[], holds: (key: number) => boolean): boolean {
  switch (logic) {
    case 'any':
      return keys.some(holds);
    case 'all':
      return keys.every(holds);
    case 'not-any':
      return !keys.some(holds);
    case 'not-all':
      return !keys.every(holds);
  }
}
