import type { Character } from '../character.ts';
import type { MacroNames } from './macro-names.ts';

/** What is known of the moment, beside the speaker's card. */
export type MacroMoment = Omit<MacroNames, 'char' | 'speaker' | 'description' | 'personality' | 'scenario'>;

/** The macros of a card as its own character speaks: `{{char}}` is always it, by the name its card uses. */
export function macrosOf(
  {
    id,
    name,
    nickname,
    description,
    personality,
    scenario,
  }: Pick<Character, 'id' | 'name' | 'nickname' | 'description' | 'personality' | 'scenario'>,
  moment: MacroMoment,
): MacroNames {
  return { ...moment, char: nickname || name, speaker: id, description, personality, scenario };
}
