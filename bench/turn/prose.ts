import { chance, pick } from '../../src/scene/chance.ts';

/**
 * What is said in a scene, from a seed and a number: made-up words with English ones between them. How
 * often a word comes follows Zipf’s law, so that a long scene goes on bringing new words as people do.
 */
export function writeSpeech(seed: number, n: number, sentences: number): string {
  return Array.from({ length: sentences }, (_, at) => sentence(seed, n * 16 + at)).join(' ');
}

/** A character’s turn as a model writes it: a plan, a thought, an action and two or three sentences. */
export function writeTurn(seed: number, n: number): string {
  const action = `<role_action>${sentence(seed, n * 16 + 10)
    .toLowerCase()
    .slice(0, -1)}</role_action>`;
  const plan = 'She has been asked again. She would look away, then answer with less than the truth.';
  const said = writeSpeech(seed, n, 2 + (n % 2));
  const thought = sentence(seed, n * 16 + 9);
  return `<system_thinking>${plan}</system_thinking><role_thinking>${thought}</role_thinking>${action}${said}`;
}

/** Words that there are to say something with. */
const VOCABULARY = 30_000;
/** Of a sentence, each a word that tells something and one that does not. */
const PAIRS = 5;

function sentence(seed: number, n: number): string {
  const pairs = Array.from({ length: PAIRS }, (_, at) => {
    // Uniform in the logarithm: the share of a rank falls as one over it.
    const rank = Math.floor(VOCABULARY ** chance(seed, n, at, 1));
    return `${pick(SMALL, seed, n, at, 2)} ${wordOf(rank)}`;
  });
  const [first = '', ...rest] = pairs.join(' ');
  return `${first.toUpperCase()}${rest.join('')}.`;
}

function wordOf(rank: number): string {
  let left = rank;
  let word = '';
  do {
    word += SYLLABLES[left % SYLLABLES.length];
    left = Math.floor(left / SYLLABLES.length);
  } while (left > 0);
  return word.length < 4 ? `${word}${word}` : word;
}

const SYLLABLES = [
  'ba',
  'der',
  'lin',
  'mo',
  'ta',
  'shen',
  'ric',
  'wo',
  'pel',
  'gar',
  'nu',
  'sil',
  'fen',
  'ok',
  'ya',
  'tur',
];
const SMALL = [
  'the',
  'with',
  'and',
  'my',
  'of',
  'to',
  'we',
  'not',
  'in',
  'your',
  'if',
  'that',
  'for',
  'who',
  'is',
  'no',
];
