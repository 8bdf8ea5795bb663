import type { Character } from './character.ts';

// Words of a name that address nobody when they stand alone.
const NOT_A_NAME = new Set(
  (
    'mr mrs ms miss mx mister master madam madame mademoiselle monsieur dr doctor prof professor sir lady lord ' +
    'dame king queen prince princess duke duchess count countess baron baroness captain capt colonel col major ' +
    'lieutenant lt sergeant sgt general admiral commander inspector detective constable officer agent father ' +
    'mother brother sister uncle aunt reverend rev saint st herr frau don doña the a an of and von van de der ' +
    'den du la le el al bin ibn da di del y jr sr ii iii iv'
  ).split(' '),
);

// A card may not take these words of everyone's for itself.
const NOBODYS = new Set(
  (
    'i me my mine myself you your yours yourself he him his she her hers it its we us our ours they them their ' +
    'theirs who someone somebody anyone anybody everyone everybody nobody narrator environment system assistant ' +
    'user here yes no ok hello hi hey'
  ).split(' '),
);

/**
 * What a character can be called: full name, first name, last name (never a bare title such as
 * "Mr."), aliases. Longest first, each once, so that a reader who tries them in order prefers
 * "Mr. Bennet" to "Bennet".
 */
export function namesOf(character: Pick<Character, 'name' | 'aliases'>): string[] {
  const words = character.name.split(/\s+/).filter(standsAlone);
  const names = [character.name, words.at(0), words.at(-1), ...character.aliases.filter(isAlias)];
  const distinct = new Map<string, string>();
  for (const name of names) {
    if (name?.trim()) distinct.set(name.trim().toLowerCase(), name.trim());
  }
  return [...distinct.values()].sort((one, other) => other.length - one.length);
}

function isAlias(alias: string): boolean {
  return !NOBODYS.has(alias.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase());
}

/** A title, a particle or an initial is no name by itself. */
function standsAlone(word: string): boolean {
  const bare = word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const oneLatinLetter = /^[a-z]$/.test(bare);
  return bare !== '' && !oneLatinLetter && !NOT_A_NAME.has(bare);
}
