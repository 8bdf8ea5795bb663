import { parseTurn } from '../format/turn-parser.ts';
import { type ActorId, ENVIRONMENT } from '../scene/beat.ts';

/** A character or player, and by which names a text may speak of them. */
export type Person = { readonly id: ActorId; readonly names: readonly string[] };

/** A narration is cut here, at the end of a sentence. */
const MOST_SENTENCES = 3;
const MOST_CHARS = 1200;

/**
 * A narration as it may stand: what the parser finds visible in it, three whole sentences at most,
 * without those that speak for one of `people`. '' where nothing is left.
 *
 * @param cutOff the text ends too soon, so that its last sentence may not be whole
 */
export function readNarration(text: string, people: readonly Person[], cutOff: boolean): string {
  const sentences = sentencesOf(visibleText(text, people));
  const last = sentences.at(-1);
  if (last !== undefined && !isWhole(last) && (cutOff || sentences.length > 1)) sentences.pop();
  let narration = '';
  for (const sentence of notSpokenFor(sentences, people).slice(0, MOST_SENTENCES)) {
    if (narration.length + sentence.length > MOST_CHARS) break;
    narration += `${narration && ' '}${sentence}`;
  }
  return SAYS_NOTHING.test(narration) ? '' : narration;
}

// No letters, or the words for an empty value.
const SAYS_NOTHING = /^[^\p{L}]*(?:null|none|undefined|n\/a)?[^\p{L}]*$/iu;

/** What is neither thought nor somebody else's line, in one line of text. */
export function visibleText(text: string, people: readonly Person[]): string {
  const turn = parseTurn(text, {
    speaker: { name: ENVIRONMENT.name, aliases: ['Narrator', 'Narration', 'World'] },
    others: people.flatMap(({ names }) => names),
  });
  const visible = turn.segments.filter(({ kind }) => kind !== 'thought');
  return visible
    .map((segment) => segment.text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const ABBREVIATED = /(?:^|\s)(?:mr|mrs|ms|dr|st|jr|sr|prof|rev|capt|col|gen|lt|sgt|mme|mlle|hr|fr)\.\s*$/iu;
const QUOTES = [/"/g, /[“”„]/g, /[«»]/g, /[「」]/g, /[『』]/g];

/** Sentences with what is said in them: none ends inside a quotation, or before `… says the waiter`. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let sentence = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const goesOn = ABBREVIATED.test(sentence) || isInQuotes(sentence) || /^[\p{Ll}—–-]/u.test(segment);
    if (sentence !== '' && !goesOn) {
      sentences.push(sentence.trim());
      sentence = '';
    }
    sentence += segment;
    // No sentence is that long; what follows is not looked at.
    if (sentence.length > MOST_CHARS) return sentences;
  }
  if (sentence.trim()) sentences.push(sentence.trim());
  return sentences;
}

function isInQuotes(text: string): boolean {
  return QUOTES.some((mark) => (text.match(mark)?.length ?? 0) % 2 === 1);
}

function isWhole(sentence: string): boolean {
  return /[.!?…。！？։।][\s"'“”’»」』)*]*$/u.test(sentence) && !isInQuotes(sentence);
}

// What is said in a sentence; single marks only where they cannot be apostrophes.
const QUOTATION =
  /"[^"]*"|[“„][^“”„]*[“”]|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|(?<![\p{L}\p{N}])['‘][^'‘’]*(?:['’]\p{L}[^'‘’]*)*[,.!?…]['’]/gu;
const SAID = '\ufffc';
// Before a name they make it whom something is said to, or where.
const NOT_A_DOER =
  'to|at|towards?|for|with|behind|beside|before|after|from|of|near|by|on|onto|over|past|around|under';

/** Leaves out the sentences that speak for one of `people`. */
function notSpokenFor(sentences: readonly string[], people: readonly Person[]): string[] {
  const name = namePattern(people);
  if (!name) return [...sentences];
  const anywhere = new RegExp(name, 'iu');
  const opening = new RegExp(`^[^\\p{L}\\p{N}${SAID}]*${name}(?!['’]s?(?:\\s|$))`, 'iu');
  const attributed = new RegExp(
    `${SAID}[\\s,，—–-]*(?:(?!(?:${NOT_A_DOER})\\s)\\p{L}+\\s+)?${name}(?!['’]s?(?:\\s|$))` +
      `|(?<!(?:^|[^\\p{L}])(?:${NOT_A_DOER})\\s)${name}\\s+(?:[\\p{L}'’]+\\s+){0,1}[\\p{L}'’]+\\s*[,:，：—–-]?\\s*${SAID}`,
    'iu',
  );
  const outside = sentences.map((sentence) => sentence.replace(QUOTATION, SAID));
  const opens = outside.map((text) => opening.test(text));
  const quoteAlone = outside.map((text) => text.includes(SAID) && !/[\p{L}\p{N}]/u.test(text));
  const speaks = outside.map((text, at) => {
    // A line in the manner of French or Russian: "— I confess, says Darcy."
    if (/^[—–-]/.test(text)) return anywhere.test(text);
    if (quoteAlone[at]) return opens[at - 1] || opens[at + 1];
    return text.includes(SAID) && (opens[at] || attributed.test(text));
  });
  // "“I confess.” Darcy bows.": what goes with a line that was left out goes with it.
  const goesWith = (at: number) => quoteAlone[at] && speaks[at];
  return sentences.filter((_, at) => !speaks[at] && !(opens[at] && (goesWith(at - 1) || goesWith(at + 1))));
}

// No space stands between words in these.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Source of a pattern for any of their names; '' where there is none. */
function namePattern(people: readonly Person[]): string {
  const names = people.flatMap((person) => person.names.map((name) => name.trim())).filter(Boolean);
  const patterns = [...new Set(names)].sort((one, other) => other.length - one.length).map(spellings);
  return patterns.length > 0 ? `(?:${patterns.join('|')})` : '';
}

function spellings(name: string): string {
  const source = name
    .replace(/[\\^$*+?()[\]{}|/-]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/[.\s]+/g, '[.\\s]+')
    .replace(/\[\.\\s\]\+$/, '\\.?');
  const before = UNSPACED.test(name.slice(0, 1)) ? '' : '(?<![\\p{L}\\p{N}_])';
  const after = UNSPACED.test(name.slice(-1)) ? '' : '(?![\\p{L}\\p{N}_])';
  return `${before}${source}${after}`;
}
