import { plainOf } from '../../cast/library/slug.ts';
import type { Dimension, Principle } from './principle.ts';
import { breaksUnsaid } from './read-principles.ts';

const LONGEST_NAME = 48;

// “No matter what” and “not only” forbid nothing, and “not” alone may stand in any wish (“proud, not cold”).
const FORBIDDING = [
  'never',
  'no(?! (?:matter|longer|doubt|less|more|later))',
  'avoid|forbid|forbidden|refrain',
  '(?:do|does|must|may|should|shall|can|will) ?not(?! (?:only|just))',
  "(?:do|does|must|should|sha|ca|wo)n['’]?t(?! (?:only|just))",
  'nie|niemals|keinesfalls|verboten|vermeiden?|vermeidet',
  'kein(?:e[mnrs]?)?',
  'nicht(?! nur)',
];
const FORBIDS = new RegExp(String.raw`(?<!\p{L})(?:${FORBIDDING.join('|')})(?!\p{L})`, 'iu');

/** Beginnings of words that tell what a wish is about; the first dimension that has one counts. */
const ABOUT: readonly (readonly [Dimension, string])[] = [
  ['safety', 'swear curse slur gore blood nsfw sexual drug suicid fluch gewalt blut drogen'],
  ['world', 'magic modern technolog centur anachron medieval electric magie technik jahrhundert mittelalter'],
  ['relationship', 'friend lover trust rival marry marri flirt romanc family freund vertrau heirat familie'],
  ['conflict', 'conflict tension fight quarrel danger villain konflikt spannung streit kampf gefahr'],
  ['emotion', 'feel emotion crying tears angry anger sadness grief gefuhl weinen traur wutend'],
  ['narrative', 'plot story mission myster clue geschichte ratsel'],
  ['detail', 'detail describ adjectiv short brief concise repeat wordy kurz knapp beschreib wiederhol'],
  ['atmosphere', 'weather mood smell noise atmospher wetter stimmung geruch'],
  ['action', 'gestur action moves movement geste bewegung'],
  ['dialogue', 'answer speak speech talk reply question listen interrupt antwort sprich sprech reden frage'],
  ['character', 'proud voice accent dialect personalit character stolz stimme dialekt charakter'],
];

/**
 * A principle out of plain words, without a model: what forbids something is negative, and a few words
 * tell what it is about.
 *
 * @param words as `plainLine` made them
 */
export function principleOfWish(id: string, words: string): Principle {
  const sign = FORBIDS.test(words) ? 'negative' : 'positive';
  return {
    id,
    dimension: dimensionOfWish(words),
    name: nameOfWish(words),
    sign,
    level: 'sentence',
    asks: words,
    breaks: breaksUnsaid(sign, words),
    example: '',
    source: 'server',
  };
}

/** Whether two say the same, however they are spelled. */
export function sameWish(one: string, other: string): boolean {
  return lettersOf(one) === lettersOf(other);
}

function lettersOf(words: string): string {
  return plainOf(words)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function dimensionOfWish(words: string): Dimension {
  const plain = ` ${lettersOf(words)}`;
  const found = ABOUT.find(([, beginnings]) =>
    beginnings.split(' ').some((one) => plain.includes(` ${one}`)),
  );
  return found?.[0] ?? 'overall';
}

/** Its first words. */
function nameOfWish(words: string): string {
  let name = '';
  for (const word of words.split(' ')) {
    const longer = name === '' ? word : `${name} ${word}`;
    if (longer.length > LONGEST_NAME) break;
    name = longer;
  }
  const bare = (name || words.slice(0, LONGEST_NAME)).toWellFormed().replace(/[\s.,;:!?…]+$/u, '');
  return bare === '' ? words.slice(0, LONGEST_NAME) : bare.charAt(0).toUpperCase() + bare.slice(1);
}
