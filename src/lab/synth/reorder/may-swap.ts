import { isEnglish } from '../../../enrich/sentences.ts';
import { scriptOf } from '../checks/voice.ts';
import { wordsOf } from '../checks/words.ts';

/** A thought that plans what comes next belongs where it stands (her-spec 6.2, reorder). */
const PLANS = anyOf(
  "I['’]ll|(?:we|you|he|she|they|it|that)['’]ll|I['’]d (?:better|rather|like)|had (?:better|best)|will|won['’]t|shall|shan['’]t",
  "must(?:n['’]t)?|should(?:n['’]t)?|ought|need(?:s|n['’]t)?(?: to| not)?|(?:have|has|had|got|gotten) to|going to|gonna|gotta",
  "mean to|intend|plan(?:s|ning)? (?:to|on)|try(?:ing)?|want to|let['’]s|let (?:me|us|him|her|them|it)|better (?:not|to)|best (?:not|to)",
  'time (?:to|for)|not yet|first,|next|soon|wait|enough of|no more',
);
/** A thought that says why. */
const EXPLAINS = anyOf(
  "because|since|so that|so as|in order|that(?:['’]s| is) (?:why|how)|therefore|hence|thus|it(?:['’]s| is) (?:best|better|safer|wiser|easier)",
  'so (?:I|we|you|he|she|they|it|no one|nobody)|then (?:I|we|you|he|she|they|it)|lest|otherwise|or else|if|unless|in case|this way|that way',
  '(?:may|might) as well|for (?:his|her|their|your|my) sake|to (?:hide|keep|show|make|stop|avoid|cover|steady|calm|look|seem|buy|give|gain|hear|see|please)',
);
/** A thought that speaks of what was just done, or of what comes of it. */
const RESULTS = anyOf(
  "there(?:,|!| it is| we are)|that should|that did|that(?:['’]s| is) (?:it|better|done|enough|hers?|his|the|no|a)|now (?:he|she|they|it|that|I)",
  'still (?:hot|warm|cold|wet|dry|there|sore|stiff)|(?:heavi|light|cold|warm|hott|tight|loos|rough|soft|hard)er than|empty|locked|open(?:ed)?',
  '(?:it|this|that) (?:works|fits|gives|opens|holds|moves|burns|hurts|itches|aches|feels|helps|hides|shows)|as I thought',
);
/** What a thought begins with that only what stands before it explains. */
const POINTS_BACK =
  /^\W*(?:it|this|that|these|those|and|but|ow|ouch|ah|good|better|done|finally|at last|again|enough|too)\b/iu;
/** An action that leans on a thought, or on anything that was before it. */
const LEANS = anyOf(
  'at (?:the|this|that|it|last)|in (?:answer|reply|thought|spite)|thought|memory|idea|notion|then|instead|anyway|again|still',
  'despite|because|as (?:if|though)|to (?!(?:the|his|her|their|its|one) )\\p{L}+|it|them|this|that|these|those|so',
);

function anyOf(...some: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${some.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}

/** A small movement that hangs on nothing: posture, face, clothes, hands (her-spec 6.2). */
const SMALL = new Set(
  (
    'nods smiles frowns sighs shrugs blinks winces grins smirks swallows yawns stretches shivers fidgets hesitates pauses ' +
    'straightens adjusts smooths tugs folds crosses uncrosses leans shifts tilts tips rubs scratches taps drums strokes clasps ' +
    'unclasps clears raises lowers lifts bows inclines bites purses tightens loosens rolls brushes tucks pulls rests ' +
    'sets looks glances stares gazes squints shakes wipes turns'
  ).split(' '),
);
/** What such a movement is done with; of anything else it may be the point of the turn. */
const OF_THE_BODY =
  /\b(?:head|chin|brow|eyebrows?|eyes?|lips?|mouth|jaw|face|cheek|hair|hands?|fingers?|arms?|shoulders?|back|neck|throat|legs?|feet|foot|knees?|coat|collar|cuffs?|sleeves?|gloves?|hat|shawl|skirts?|cravat|tie|buttons?|spectacles|glasses|chair|seat|posture|weight)\b/iu;
/** Movements that need nothing. */
const ALONE = new Set(
  'nods smiles frowns sighs shrugs blinks winces grins smirks swallows yawns stretches shivers fidgets hesitates pauses straightens'.split(
    ' ',
  ),
);
/** Something is done to somebody or something, and it changes. */
const CHANGES =
  /\b(?:opens?|closes?|shuts?|locks?|unlocks?|takes?|gives?|hands (?:him|her|them|me|over|back|the|an?)|throws?|pours?|drinks?|eats?|reads?|writes?|signs?|breaks?|tears?|burns?|lights?|picks up|puts? down|leaves?|enters?|walks?|runs?|goes|comes|stands? up|sits? down|kisses|strikes|hits|draws|points)\b/iu;
const MOST_WORDS = 9;
/** Words of a text whose language can be told. */
const ENOUGH = 4;

/** Why a thought and an action beside each other stay as they are; undefined where either may come first. */
export type SwapBar =
  | 'other-language'
  | 'plans'
  | 'explains'
  | 'depends'
  | 'no-small-movement'
  | 'speaks-of-it';

/**
 * Whether a thought and a neighbouring action may change places (her-spec 6.2: only where it is certain that
 * neither hangs on the other). Words of English: of any other language nothing is certain.
 */
export function swapBar(thought: string, action: string): SwapBar | undefined {
  if (PLANS.test(thought)) return 'plans';
  if (EXPLAINS.test(thought)) return 'explains';
  if (RESULTS.test(thought) || POINTS_BACK.test(thought) || LEANS.test(action)) return 'depends';
  // Of a thought without one small word of English the rules above say nothing.
  if (scriptOf(thought) !== 'Latin' || !['', 'Latin'].includes(scriptOf(action))) return 'other-language';
  if (wordsOf(thought).length >= ENOUGH && !isEnglish(thought)) return 'other-language';
  if (!isSmallMovement(action)) return 'no-small-movement';
  return sharesAWord(thought, action) ? 'speaks-of-it' : undefined;
}

function isSmallMovement(action: string): boolean {
  const words = wordsOf(action);
  if (words.length === 0 || words.length > MOST_WORDS || /[.;!?]\s/u.test(action)) return false;
  const [first = '', second = ''] = words;
  const verb = /ly$/u.test(first) ? second : first;
  if (!SMALL.has(verb) || CHANGES.test(action)) return false;
  return (ALONE.has(verb) && words.length <= 3) || OF_THE_BODY.test(action);
}

const COMMON = new Set(
  'the a an of to in on at and or but his her its my your their it he she they i you with for from as is was'.split(
    ' ',
  ),
);

/** A thought about what is being done hangs on it. */
function sharesAWord(thought: string, action: string): boolean {
  const said = new Set(
    wordsOf(action)
      .filter((word) => !COMMON.has(word))
      .map(stem),
  );
  return wordsOf(thought).some((word) => said.has(stem(word)));
}

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/u, '') : word;
}
