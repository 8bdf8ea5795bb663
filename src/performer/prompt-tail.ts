import { termsOf } from '../cast/memory/terms.ts';
import type { ActionName } from '../format/action-cue.ts';
import { fold } from '../format/fold.ts';
import { inBrief } from '../scene/in-brief.ts';
import type { ViewEntry } from '../scene/view.ts';
import { weightOf } from '../scene/weight-of.ts';
import { memoryLine, type PromptPeople } from './prompt-line.ts';

/** What stands behind the last line of a prompt, in this order; '' and [] leave out. */
export type PromptTail = {
  /** Whose prompt it is. */
  readonly name: string;
  readonly people: PromptPeople;
  /** Lore that was called up, and how much of it there may be. */
  readonly lore: string;
  readonly loreRoom: number;
  /** What the card wants it never to forget. */
  readonly note: string;
  /** Shown whole. */
  readonly pinned: readonly ViewEntry[];
  /** Those first that fit best. Shown in brief, in log order: what of them fits what was `said` last. */
  readonly recalled: readonly ViewEntry[];
  readonly said: string;
  /** Lines as they are to stand. */
  readonly notes: readonly string[];
  readonly reminder: string;
  readonly secondTry: string;
};

/** Weight of recalled lines, at most. */
const RECALLED_WEIGHT = 180;
/** All of it is read anew each turn: where lore takes more of its room than this, less is recalled. */
const LORE_BESIDE_RECALLED = 1 / 3;
/** Weight of what is said in one of them. */
const SAID_WEIGHT = 120;

/** The end of a prompt: what holds for one turn alone. */
export function promptTail(tail: PromptTail): string {
  const { name, lore, note, notes, reminder, secondTry } = tail;
  const known = lore && `[What ${name} knows of this: ${lore}]`;
  const kept = note && `[What ${name} never forgets: ${note}]`;
  return [known, rememberedNow(tail), kept, ...notes, reminder, secondTry].filter(Boolean).join('\n\n');
}

/** A thought that was given to a character. */
export function plantedNote(name: string, thought: string): string {
  return `[On ${name}’s mind now: ${thought}]`;
}

/** Whom a character's answer reaches. */
export function whisperNote(name: string, whisperer: string): string {
  return `[${whisperer} whispered to ${name}; the answer is whispered back, for ${whisperer} alone.]`;
}

/** Actions that a game can show, each with its name before a colon. */
export function cuesNote(names: readonly ActionName[]): string {
  const list = names.map(({ name, means }) => (means ? `${name} (${means})` : name)).join(', ');
  return `[Some actions have names here: ${list}. An action that is one of them begins with its name and a colon.]`;
}

/** The hour of the story. */
export function clockNote(hour: string): string {
  return `[It is ${hour}.]`;
}

/** Beginnings of what stands in brackets in a prompt: nobody says them. */
export function bracketOpenings(name: string): readonly string[] {
  return [
    `[Long before this, as ${name} remembers`,
    `[What ${name} knows of this`,
    `[What ${name} never forgets`,
    `[${name} remembers`,
    `[On ${name}’s mind now`,
    '[Some actions have names here',
    `whispered to ${name}; the answer is whispered back`,
  ];
}

/** Whether a text has one of these in it, however it writes its letters and apostrophes. */
export function holdsAny(text: string, phrases: readonly string[]): boolean {
  const written = plain(text);
  return phrases.some((phrase) => written.includes(plain(phrase)));
}

function plain(text: string): string {
  return fold(text).replaceAll('’', "'").replace(/\s+/g, ' ');
}

function rememberedNow({ name, people, lore, loreRoom, pinned, recalled, said }: PromptTail): string {
  const heard = new Set(termsOf(said));
  const fits = (sentence: string) => new Set(termsOf(sentence)).intersection(heard).size;
  const beside = loreRoom * LORE_BESIDE_RECALLED + RECALLED_WEIGHT - weightOf(lore);
  let room = Math.min(RECALLED_WEIGHT, beside);
  const whole = pinned.map((entry) => bracketed(memoryLine(entry, people)));
  const brief = recalled
    .filter((entry) => !pinned.includes(entry))
    .map((entry) => ({ n: entry.n, line: bracketed(memoryLine(inBrief(entry, SAID_WEIGHT, fits), people)) }))
    .filter(({ line }) => {
      const fitting = weightOf(line) <= room;
      if (fitting) room -= weightOf(line);
      return fitting;
    })
    .sort((one, other) => one.n - other.n);
  const lines = [...whole, ...brief.map(({ line }) => line)].filter(Boolean);
  return lines.length === 0 ? '' : `[${name} remembers: ${lines.join(' / ')}]`;
}

/** For a place in brackets: on one line, and nothing in it ends them or opens others. */
export function bracketed(line: string): string {
  return line.replace(/\s+/g, ' ').replaceAll('[', '(').replaceAll(']', ')').trim();
}
