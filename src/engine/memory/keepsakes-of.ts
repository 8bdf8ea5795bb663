import type { Kept } from '../../cast/memory/server-memory.ts';
import { memoryLine, type PromptPeople } from '../../performer/prompt-line.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { View, ViewEntry } from '../../scene/view.ts';
import { cutText } from '../keepsake/cut-text.ts';
import { mostTelling } from '../keepsake/most-telling.ts';
import { toWitnessed } from '../ledger/witnessed.ts';

const LONGEST = 240;
const NOBODY_NEW: PromptPeople = { publicSheet: () => '', inOpening: () => true };

/**
 * The most telling of what a character witnessed openly or did itself, in plain words, its own
 * thoughts included. What was said for some ears alone stays in its scene.
 *
 * @param room characters in all
 */
export function keepsakesOf(view: View, room: number): readonly Kept[] {
  const lines = view.entries.filter(isOpen).map((entry) => ({
    entry: toWitnessed(entry),
    text: cutText(plainWords(entry), LONGEST),
  }));
  return mostTelling(
    lines.filter(({ text }) => text),
    room,
  ).map(({ entry, text }) => ({ n: entry.n, text }));
}

function isOpen({ kind }: ViewEntry): boolean {
  return kind === 'line' || kind === 'narration' || kind === 'setting' || kind === 'time';
}

function plainWords(entry: ViewEntry): string {
  const line = memoryLine(entry, NOBODY_NEW);
  const told = `${ENVIRONMENT.name}: `;
  return line.startsWith(told) ? line.slice(told.length) : line;
}
