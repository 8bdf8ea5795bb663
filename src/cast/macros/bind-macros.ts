import { textNumber } from '../lore/text-number.ts';
import type { MacroNames } from './macro-names.ts';
import { macroValue } from './macro-value.ts';
import { readMacros } from './read-macros.ts';

export type MacroOptions = {
  /** Shows what `{{hidden_key:…}}` holds: for looking through a text for keys of lore, never for a prompt. */
  readonly hiddenKeys?: boolean;
};

/**
 * The one place where macros of a card are filled in: for the character whose prompt or line it is, whoever
 * else is in the scene. One pass: what is put in is not read again, so a name or a persona can smuggle no
 * macro in. Unknown macros stay as they are. The same names and the same text give the same result.
 */
export function bindMacros(names: MacroNames, options: MacroOptions = {}): (text: string) => string {
  // A card's own fields may name the character and the player; they cannot hold one another.
  const own = { ...names, description: '', personality: '', scenario: '' };
  const fieldOf = (text: string | undefined) => (text ? fill(text, own) : '');
  let bound: MacroNames | undefined;

  function fill(text: string, values: MacroNames): string {
    let number: number | undefined;
    const numberOfText = () => {
      number ??= textNumber(text);
      return number;
    };
    return readMacros(text, (name, args, at) =>
      macroValue(name, args, { values, at, textNumber: numberOfText, ...options }),
    );
  }

  return (text) => {
    if (!text.includes('{{') && !text.includes('<')) return text;
    bound ??= {
      ...names,
      description: fieldOf(names.description),
      personality: fieldOf(names.personality),
      scenario: fieldOf(names.scenario),
    };
    return fill(text, bound);
  };
}
