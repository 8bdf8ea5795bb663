import { wordsIn } from '../../../enrich/names-in.ts';
import { isEnglish } from '../../../enrich/sentences.ts';
import { fold } from '../../../format/fold.ts';

/** A mind in play knows nothing of a play (her-spec 6.2; 1.4 P12). */
const OF_THE_TASK =
  /\b(?:the user(?:['’]s)?|as an ai|language model|role-?play(?:ing|er)?|system prompt|(?:role|system)[ _-]?thinking|character sheet|(?:my|the) (?:next )?(?:response|reply|output|turn) (?:should|must|needs? to|will|has to)|(?:need|have|should|must|going) (?:to )?(?:portray|stay in character|respond as|act as)|in[- ]character)\b/iu;

/** Whether a thought names the task of the one who plays. */
export function namesTheTask(text: string): boolean {
  return OF_THE_TASK.test(text);
}

/** “I need to portray …” is the planner’s own voice; “I am afraid” is the character’s (her-spec 6.3 RULE). */
const FIRST_PERSON =
  /\b(?:I|my|me|mine|myself)\b(?!['’]?\s*(?:(?:need|should|will|must|have|ought|want|am going)(?: to)?|['’]ll)\s+(?:portray|show|play|write|convey|have|let|make|keep|give|depict|bring))/gu;
/** In some other languages; of a planner’s own voice they have no fixed phrases. */
const FIRST_PERSON_ELSEWHERE =
  /(?<!\p{L})(?:ich|mich|mir|meine?[nrms]?|je|moi|mon|yo|mí|я|мне|меня|мой|моя|мои)(?!\p{L})|我/giu;
const QUOTED = /[“"«‘][^“”"«»’]{1,300}[”"»’]/gu;
/** Of a hundred words so many may be “I” before it is the character that speaks. */
const MOST = 2;

/** Whether a plan is written in the character’s own voice. What it quotes does not count. */
export function isFirstPerson(plan: string): boolean {
  const told = plan.replace(QUOTED, ' ');
  const count = told.match(isEnglish(told) ? FIRST_PERSON : FIRST_PERSON_ELSEWHERE)?.length ?? 0;
  const words = told.match(/\S+/gu)?.length ?? 0;
  return count >= 2 && count * 100 > words * MOST;
}

/** Whether a text begins with one of someone’s own names: of oneself nobody thinks or acts by name. */
export function beginsWithOwnName(text: string, own: ReadonlySet<string>): boolean {
  const [first = ''] = /\p{L}+/u.exec(text) ?? [];
  // Of a name such as “Will” or “Grace” only the large letter tells.
  return /^\p{Lu}/u.test(first) && own.has(fold(first));
}

const ACTOR = /^["“(*\s]*(?:I|he|she|they|we)\b(?!['’]s)/iu;

/** Whether an action names who does it, which the line itself says (her-spec F3). */
export function namesActor(action: string, own: ReadonlySet<string>): boolean {
  return ACTOR.test(action) || beginsWithOwnName(action, own);
}

/** The words of someone’s names, folded. */
export function ownNames(name: string): ReadonlySet<string> {
  return new Set([...wordsIn(name)].filter((word) => word.length > 1 && !TITLES.has(word)));
}

const TITLES = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'miss',
  'sir',
  'lady',
  'lord',
  'the',
  'of',
  'von',
  'de',
  'la',
]);

/** The script that most letters of a text are of; '' where it has none. */
export function scriptOf(text: string): string {
  const counts = SCRIPTS.map(([name, pattern]) => [name, text.match(pattern)?.length ?? 0] as const);
  const [most] = counts.toSorted(([, one], [, other]) => other - one);
  return most && most[1] > 0 ? most[0] : '';
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/gu],
  ['Han', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Hangul', /\p{Script=Hangul}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
];
