import type { Character } from '../../cast/character.ts';
import { isAgeRestricted, type Rated } from '../../safety/age.ts';
import type { Place } from '../command/command.ts';

/** Whether a card is for adults only, by its own word or its tags. */
export function isForAdults(character: Rated): boolean {
  return isAgeRestricted(character);
}

/** Whether what a card tells may be read in a place: Discord wants what is for adults where it is marked so. */
export function mayBeReadIn(
  { stage, ageRestricted = false }: Pick<Place, 'stage' | 'ageRestricted'>,
  character: Pick<Character, 'tags' | 'ageRestricted'>,
): boolean {
  return stage !== 'discord' || ageRestricted || !isForAdults(character);
}
