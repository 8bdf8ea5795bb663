import { expandMacros, type MacroNames } from '../cast/macros.ts';
import { createNames } from '../format/labels.ts';
import { neutraliseLines } from '../format/neutralise.ts';

const NOBODY = createNames(undefined, []);

/**
 * A card's or a world's prose with its placeholders filled, as it may stand in a prompt: whatever they were
 * filled with, nothing in it is a tag, a heading of the prompt, or a line of the world's voice.
 */
export function filledText(text: string, macros: MacroNames): string {
  return harmlessProse(expandMacros(text, macros));
}

/** The same of prose whose placeholders are filled already. */
export function harmlessProse(text: string): string {
  return neutraliseLines(text, NOBODY).trim();
}
