import { lower } from '../format/fold.ts';
import { cutText, inBrief } from './in-brief.ts';
import type { ViewEntry } from './view.ts';
import { weightOf } from './weight-of.ts';
import { createWordTable, wordHash } from './word-table.ts';

/** What is left of entries that stand whole no more: the most telling ones, in brief. */
export type MemoryNote = {
  /** Entries that were folded away, in log order. They are looked at when the note is read. */
  add(entries: readonly ViewEntry[]): void;
  /** One line each, in log order; '' while there is none. */
  text(): string;
  /** Beats of which there is a line, in log order. */
  noted(): readonly number[];
};

type Candidate = {
  readonly n: number;
  readonly worth: number;
  /** Made only for what may have a place in the note. */
  readonly text: () => string;
};
type Line = { readonly n: number; readonly worth: number; readonly text: string };

/** Weight of one line without who says it; of a longer one the sentences that tell most are kept. */
const SAID_WEIGHT = 100;
/** Weight of one line, whatever is told in it. */
const LINE_WEIGHT = 200;
/** So many of those that are worth most are looked at. */
const TRIES = 64;
/** What share of a line's words must be new to the note. */
const NEW = 0.5;
/** What an older line is still worth each time that newer ones come, so that none stays for ever. */
const FADES = 0.8;
/**
 * After so many times there is nothing left of a line. Where that many are added before the note is read (a long
 * scene is opened again), what came before them is passed over.
 */
const MOST_ADDED = 64;
/** So many of its rarest words tell what a line is worth; with fewer it says little. */
const WORDS = 5;

const WORTH: Readonly<Record<ViewEntry['kind'], number>> = {
  whisper: 1.6,
  told: 1.6,
  event: 1.6,
  setting: 1.6,
  narration: 1.2,
  time: 1,
  change: 1,
  entrance: 1,
  exit: 1,
  line: 1,
};

/**
 * Nothing noted yet. A line is worth what its words are worth, the rarer the more; a thought of one's
 * own, a name, a number and a question count beside them. No model, no chance: the same entries come
 * to the same note.
 *
 * @param room weight (`weightOf`) of the whole note, at most
 * @param brief an entry in plain words; '' leaves it out
 */
export function createMemoryNote(room: number, brief: (entry: ViewEntry) => string): MemoryNote {
  /** In how many of all entries that were ever added a word occurs. */
  const uses = createWordTable();
  let lines: readonly Line[] = [];
  /** What was added and is not in the note yet. */
  let added: (readonly ViewEntry[])[] = [];

  /** 0 where nothing is said, 1 where nothing of it was ever said before. */
  function rarity(words: readonly string[]): number {
    const each = words.map((word) => 1 / (uses.get(wordHash(word)) || 1));
    const rarest = each.sort((one, other) => other - one).slice(0, WORDS);
    return rarest.reduce((sum, one) => sum + one, 0) / WORDS;
  }

  function candidate(entry: ViewEntry, words: readonly string[]): Candidate {
    const worth = WORTH[entry.kind] * (rarity(words) + marks(entry));
    const told = () => brief(inBrief(entry, SAID_WEIGHT, (sentence) => rarity(wordsOf(sentence))));
    return { n: entry.n, worth, text: () => cutText(told().replace(/\s+/g, ' ').trim(), LINE_WEIGHT) };
  }

  function take(entries: readonly ViewEntry[]): void {
    const words = entries.map((entry) => wordsOf(saidIn(entry)));
    for (const hash of words.flat().map(wordHash)) uses.set(hash, uses.get(hash) + 1);
    const faded = lines.map(({ n, worth, text }) => ({ n, worth: worth * FADES, text: () => text }));
    lines = mostWorth([...faded, ...entries.map((entry, at) => candidate(entry, words[at] ?? []))], room);
  }

  function linesNow(): readonly Line[] {
    const waiting = added;
    added = [];
    for (const entries of waiting) take(entries);
    return lines;
  }

  return {
    add(entries) {
      added.push(entries);
      if (added.length > MOST_ADDED) added.shift();
    },
    text: () =>
      linesNow()
        .map(({ text }) => text)
        .join('\n'),
    noted: () => linesNow().map(({ n }) => n),
  };
}

/**
 * Lines that fit the room, those first that are worth most (the newer where they tie), in log order.
 * What says again what stands there already is passed over.
 */
function mostWorth(candidates: readonly Candidate[], room: number): Line[] {
  const kept: Line[] = [];
  const told = new Set<string>();
  let left = room;
  for (const { n, worth, text } of candidates.toSorted(byWorth).slice(0, TRIES)) {
    const line = { n, worth, text: text() };
    const weight = weightOf(line.text) + 1;
    const words = wordsOf(line.text);
    const fresh = words.filter((word) => !told.has(word)).length;
    if (!line.text || weight > left || fresh < words.length * NEW) continue;
    kept.push(line);
    left -= weight;
    for (const word of words) told.add(word);
  }
  return kept.sort((one, other) => one.n - other.n);
}

function byWorth(one: Candidate, other: Candidate): number {
  return other.worth - one.worth || other.n - one.n;
}

/** What makes a line worth keeping beside its words. */
function marks(entry: ViewEntry): number {
  const said = saidIn(entry);
  const thinks = entry.own && entry.segments.some(({ kind }) => kind === 'thought');
  // A capital in mid-sentence is mostly a name.
  const names = /[\p{Ll},;:]\s\p{Lu}\p{Ll}/u.test(said);
  const counts = /\p{N}/u.test(said);
  const asks = /[?？؟]/.test(said);
  return (thinks ? 0.15 : 0) + (names ? 0.2 : 0) + (counts ? 0.2 : 0) + (asks ? 0.1 : 0);
}

function saidIn({ segments }: ViewEntry): string {
  return segments.map(({ text }) => text).join(' ');
}

/** Each word once, without the short ones that say little. */
function wordsOf(text: string): string[] {
  return [...new Set(lower(text).match(/[\p{L}\p{M}\p{N}]{4,}|[\p{Script=Han}\p{N}]+/gu) ?? [])];
}
