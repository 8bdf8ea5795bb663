import { wordsIn } from '../../../enrich/names-in.ts';
import { isEnglish } from '../../../enrich/sentences.ts';
import { fold } from '../../../format/fold.ts';
import { wordsOf } from './words.ts';

/** A mind in play knows nothing of a play (her-spec 6.2; 1.4 P12). */
const OF_THE_TASK =
  /\b(?:the user(?:['’]s)?|as an ai|language model|role-?play(?:ing|er)?|system prompt|(?:role|system)[ _-]?thinking|character sheet|(?:my|the) (?:next )?(?:response|output) (?:should|must|needs? to|will|has to)|(?:my|the) (?:reply|(?:next )turn) (?:should|must|needs? to|has to) (?:be|show|convey|sound|reflect|stay|begin|start|end|use|include|contain|keep|match)|(?:need|have|should|must|going) (?:to )?(?:portray|respond as|act as (?:the|this|that|my) (?:character|role|persona))|(?:stay(?:ing)?|remain(?:ing)?|keep(?:ing)?|respond|reply|speak|write) in[- ]character|in-character)\b/iu;

/** Whether a thought names the task of the one who plays. */
export function namesTheTask(text: string): boolean {
  return OF_THE_TASK.test(text);
}

/** “I need to portray …” is the planner’s own voice; “I am afraid” is the character’s (her-spec 6.3 RULE). */
const FIRST_PERSON =
  /\b(?:I|my|me|mine|myself)\b(?!['’]?\s*(?:(?:need|should|will|must|have|ought|want|am going)(?: to)?|['’]ll)\s+(?:portray|show|play|write|convey|have|let|make|keep|give|depict|bring))/gu;
/** In some other languages; of a planner’s own voice they have no fixed phrases. */
const FIRST_PERSON_ELSEWHERE =
  /(?<!\p{L})(?:ich|mich|mir|meine?[nrms]?|je|moi|yo|mí|я|мне|меня|мой|моя|мои)(?!\p{L})|(?<![自忘])我/giu;
const QUOTED =
  /[“"«‘][^“”"«»’]{1,300}[”"»’]|[„‚][^„‚“”‘’]{1,300}[“”‘’]|「[^「」]{1,300}」|『[^『』]{1,300}』/gu;
/** Of a hundred words so many may be “I” before it is the character that speaks. */
const MOST = 2;

/** Whether a plan is written in the character’s own voice. What it quotes does not count. */
export function isFirstPerson(plan: string): boolean {
  const told = plan.replace(QUOTED, ' ');
  const count = told.match(isEnglish(told) ? FIRST_PERSON : FIRST_PERSON_ELSEWHERE)?.length ?? 0;
  return count >= 2 && count * 100 > wordsOf(told).length * MOST;
}

/** Whether a text begins with one of someone’s own names: of oneself nobody thinks or acts by name. */
export function beginsWithOwnName(text: string, own: ReadonlySet<string>): boolean {
  const [, first = '', next = ''] = /(\p{L}+)['’]?[^\p{L}]*(\p{L}*)/u.exec(text) ?? [];
  if (!/^\p{Lu}/u.test(first) || !own.has(fold(first))) return false;
  // “Will he come”: at the beginning the large letter tells nothing of a name that is a word; what it does, does.
  return !IS_WORD.has(fold(first)) || DOES.test(next);
}

const IS_WORD = new Set(
  (
    'will may grace hope faith joy rose mark bill art dawn frank grant pat rob sue hunter chance king prince duke earl ' +
    'old young long short little small strong stone wood hill field east west north south black white brown green grey ' +
    'gray wise swift sharp church house hall bell summer autumn winter rich mercy patience prudence charity honour honor ' +
    'mother father brother sister uncle aunt doctor captain nurse landlord stranger guard priest judge'
  ).split(' '),
);
/** What follows somebody who is told of. */
const DOES =
  /^(?:is|was|has|had|does|did|can|could|would|should|must|feels|thinks|(?!(?:this|his|as|its|us|across|always|perhaps|was|less|yes)$)\p{Ll}{3,}s)$/u;

const ACTOR = /^["“(*\s]*(?:I|he|she|they|we)\b/iu;

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
