import type { Character } from '../cast/character.ts';
import { expandMacros, type MacroNames } from '../cast/macros.ts';
import { createNames, type Names } from '../format/labels.ts';
import { neutraliseLines } from '../format/neutralise.ts';
import { renderHer } from '../format/render-her.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { ENVIRONMENT } from '../scene/beat.ts';

const NOBODY = createNames(undefined, []);

/**
 * A card's or a world's prose with its placeholders filled, as it may stand in a prompt: whatever they were
 * filled with, nothing in it is a tag, a heading of the prompt, or a line of the world's voice or of `others`.
 */
export function filledText(text: string, macros: MacroNames, others: Names = NOBODY): string {
  return neutraliseLines(expandMacros(text, macros), others).trim();
}

/** The same of a turn in HER format, whose tags stay; '' where nothing of it can be played. */
export function filledTurn(
  text: string,
  { name, aliases }: Pick<Character, 'name' | 'aliases'>,
  macros: MacroNames,
): string {
  const turn = parseTurn(expandMacros(text, macros), {
    speaker: { name, aliases },
    others: [ENVIRONMENT.name, 'Narrator'],
  });
  if (!turn.usable) return '';
  return renderHer(turn.segments.map((one) => ({ ...one, text: harmlessProse(one.text) })));
}

/** The same of prose whose placeholders are filled already. */
export function harmlessProse(text: string): string {
  return neutraliseLines(text, NOBODY).trim();
}
