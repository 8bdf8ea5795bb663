import type { Character } from '../cast/character.ts';
import { statesAMinor } from './stated-age.ts';

const ADULT = 18;

// A whole tag each, whatever its case and punctuation.
const AGE_RESTRICTED_TAGS = new Set(
  [
    'nsfw',
    '18',
    '18only',
    'r18',
    'adult',
    'adultonly',
    'adultsonly',
    'adultcontent',
    'explicit',
    'porn',
    'smut',
  ].concat([
    'erotic',
    'erotica',
    'hentai',
    'lewd',
    'xxx',
    'sexual',
    'sexualcontent',
    'mature',
    'maturecontent',
  ]),
);

/** What says of a card that it is for adults only. */
export type Rated = Pick<Character, 'tags' | 'ageRestricted'>;

/** Whether a card is for adults only: it says so itself, or one of its tags does. */
export function isAgeRestricted({ tags, ageRestricted }: Rated): boolean {
  return ageRestricted === true || tags.some((tag) => AGE_RESTRICTED_TAGS.has(plain(tag)));
}

/** `minor` also where an age below 18 stands beside one above it. */
export type AgeOf = 'adult' | 'minor' | 'unstated';

/**
 * What a card states of its character's age; whoever is not `adult` does not play in grown-up rooms. Adult is only who is said to be by `age` or `adult`; it is
 * never guessed from prose. A minor is who has an age below 18 anywhere.
 */
export function ageOf(character: Character): AgeOf {
  const { age, adult } = character;
  if ((age !== undefined && age < ADULT) || adult === false || statesAMinor(character)) return 'minor';
  return adult === true || age !== undefined ? 'adult' : 'unstated';
}

function plain(tag: string): string {
  return tag.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
