import { parseTurn } from '../../format/turn-parser.ts';
import { proseToHer } from '../cards/card-prose.ts';
import type { Change } from './proposal.ts';

/** What a change adds: below the field as it stood, or the whole turn. */
export function additionOf({ field, before, after }: Change): string {
  return field !== 'examples' && after.startsWith(before) ? after.slice(before.length).trim() : after;
}

/** The same change with a person's own words in place of what was to be added; they need no source. */
export function reworded(change: Change, words: string): Change {
  const { field, before } = change;
  if (field === 'examples') return { ...change, after: proseToHer(words) };
  const after = before.trim() === '' ? words : `${before.trimEnd()}\n${words}`;
  return { ...change, after };
}

/** Whether something that a person typed can be an example: others would see or hear something of it. */
export function readsAsTurn(words: string): boolean {
  const { usable, segments } = parseTurn(proseToHer(words));
  return usable && segments.some(({ kind }) => kind !== 'thought');
}
