import { fold, lower } from './fold.ts';
import { resemblesHiddenTag } from './layer-names.ts';
import { isOrdinary } from './ordinary-text.ts';

// A model talking about its task. Not a parser: there is nothing to parse in prose.
const PLANNING = [
  /\b(?:i|we|let me|let's)(?:'ll)? (?:(?:need|should|must|will|have|want|am going|are going|ought)(?: to)? )?(?:portray|respond as|act as|reply as|speak as|answer as|write as|embody|depict|roleplay|role-play|stay in character|remain in character|keep in character|craft (?:a|her|his|the)|convey (?:her|his|their|that|the|a))\b/,
  /\b(?:i|we) (?:need|should|must|will|have|want|ought) (?:to )?play (?:as )?(?:the (?:role|part|character)|him\b|her\b|this character|[a-z]+ (?:as|here)\b)/,
  /\b(?:i|we) (?:need|should|must|will|have|want|ought) (?:to )?show (?!you\b|him\b|them\b|me\b|us\b|the\b|my\b|off\b|up\b|it\b|thee\b|mr\b|mrs\b|miss\b|everyone\b)\S/,
  /\bthe user(?:'s)?\b/,
  /\bas an ai\b/,
  /\bas a (?:large )?language model\b/,
  /\b(?:system|role)[ _-]?thinking\b/,
  /\bthe (?:system )?prompt\b/,
  /\b(?:output|response|required|expected) format\b/,
  /\b(?:in[- ]character|roleplay|role-play) (?:response|reply|turn|message)\b/,
  /\b(?:my|the|this) (?:response|reply|output) (?:should|must|needs? to|will|has to)\b/,
  /\b(?:okay|ok|alright|hmm|so|first|now),? (?:so )?(?:i|we|let me|let's) (?:need|have|should|must|think|consider|figure|start|break)\b.*\b(?:character|scene|respon|reply|prompt|format|tone|persona|portray)/,
  /\b(?:we|i) (?:need|have|must|should|are asked|am asked|are going)(?: to)? (?:produce|output|generate|compose|respond (?:as|in|to)|reply (?:as|in|to)|continue the|follow the)\b/,
  /\bthe (?:character|scene|scenario|persona|instructions?|guidelines?) (?:requires?|calls? for|demands?|says?|should|is set)\b/,
  /^(?:sure|certainly|of course|absolutely)[,!.]? here(?:'s| is| are)\b.*\b(?:response|reply|character|scene|role|continuation|version)\b/,
  /^here(?:'s| is) (?:the|my|a|an|\S+'s) (?:[a-z-]+ ){0,2}(?:response|reply|continuation)\b/,
  /^\**\s*(?:analysis|thinking process|reasoning|thought process|planning|plan|strategy|approach)\**\s*[:：]/,
  /\blet(?:'s| us| me) think (?:step by step|this through|about (?:how|what|the (?:scene|character|reply|response)))\b/,
  /^analysis\s*(?:we|i|need)\b/,
];

const SPEAKER_PLANS = [
  'should',
  'must',
  'needs to',
  'would',
  'wants to',
  'will',
  'has to',
  'ought to',
  'is feeling',
];

/**
 * Whether the first paragraph of a text reads like the model planning its turn in plain prose.
 * A heuristic: where it is right the turn cannot be shown, where it is wrong a good turn is tried again.
 */
export function looksLikePlan(text: string, speakerNames: readonly string[]): boolean {
  const paragraph = firstParagraph(text);
  const plain = lower(paragraph).replace(/[’]/g, "'");
  // `analysis` and `assistantfinal` are what is left of channels when their tokens are stripped.
  if (/^analysis[A-Z]/.test(paragraph) || plain.includes('assistantfinal')) return true;
  if (PLANNING.some((pattern) => pattern.test(plain))) return true;
  // Someone who speaks of itself by name and says what it should do is being planned.
  return speakerNames.some((given) => {
    const name = lower(given);
    return (
      ['i', 'she', 'he'].some((who) => plain.startsWith(`as ${name}, ${who} `)) ||
      SPEAKER_PLANS.some((verb) => holdsWord(plain, `${name} ${verb} `))
    );
  });
}

/** Whether words stand in a text where a word begins: “Al will” is not in “the canal will”. */
function holdsWord(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** The stricter test for text behind a plan: words that no character says. */
export function isSurelyPlan(text: string): boolean {
  if (!mayTalkOfTheTask(text)) return false;
  return /\b(?:i|we) (?:need|should|must|will|have)(?: to)? (?:portray|respond as|stay in character|remain in character)\b|\bas an ai language model\b|assistantfinal/.test(
    lower(firstParagraph(text)),
  );
}

/** Whether text behind a ruled line is the model's afterword. */
export function talksOfTheTask(text: string): boolean {
  return /\b(?:format|response|role-?play|character|let me know|feel free|would you like|shall i|i hope this|guidelines|prompt|scene)\b/.test(
    lower(firstParagraph(text)),
  );
}

/** A quick look, for text that is nearly always in order. */
export function mayTalkOfTheTask(text: string): boolean {
  return /ortray|espond|haracter|antfinal|model/.test(text);
}

const LONGEST = 600;

function firstParagraph(text: string): string {
  return text
    .trimStart()
    .slice(0, LONGEST)
    .replace(/\n[ \t]*\n[\s\S]*/, '');
}

// Letters that may be others in disguise: Greek, Cyrillic, full-width, mathematical, zero-width.
const SUSPECT =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /hink|hough|HINK|HOUGH|nalys|eason|[\u00ad\u0300-\u052f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\uff01-\uff5e\ud835]/;
const LAYER_NAMES =
  /(?:system|role|inner|long)[_-]?(?:think|thought)|(?:[<{|〈《⟨【［〔◁«‹]\s*\/?|[([]\s*\/)\s*(?:think|thought|analysis|reasoning)[a-z]*\s*[>}|〉》⟩】］〕▷»›)\]]/;

// Enough for any turn; a text with more stray brackets than that is not worth the time.
const MOST_BRACKETS = 60;

/** Whether something that was a tag of a hidden layer stands beside a bracket that belongs to no tag. */
function besideBracket(text: string): boolean {
  if (!/[<>]/.test(text)) return false;
  const beside = text.match(/<[^<>\s]{4,40}|[^<>\s]{4,40}>/g) ?? [];
  return beside.length > MOST_BRACKETS || beside.some(resemblesHiddenTag);
}

const KEYS = /["'“](?:\w*(?:thoughts?|thinking|monologue|reasoning|analysis)|plan)["'”]\s*[:：]/i;

/**
 * The last look before anything is shown: text that still names a hidden layer came from a tag in a
 * disguise nobody has thought of. Then the turn is not shown.
 */
export function namesHiddenLayer(text: string): boolean {
  if (isOrdinary(text)) return false;
  return besideBracket(text) || KEYS.test(text) || (SUSPECT.test(text) && LAYER_NAMES.test(fold(text)));
}
