import { either, maybe, row, rule, type Shape, set, text, times } from './shape.ts';

export type TurnShapeOptions = {
  /** Ranges of a character class (`lettersOf`). */
  readonly letters: string;
  /** Sentences that a plan may have; 0: the turn has none. */
  readonly planSentences: number;
  /** Fixed words with which the plan begins; '' for none. */
  readonly lead: string;
  /** The plan's tag was opened for the model: the text begins inside it. */
  readonly startInside: boolean;
  /** Characters think in hidden first person. */
  readonly thoughts: boolean;
  /** Words that a sentence may have at most. */
  readonly words: number;
  /** Names with which an action may begin, before a colon. */
  readonly cues: readonly string[];
};

/** A plan as short as a turn may afford it, or at HER's own length (about 580 tokens). */
export const PLAN_SENTENCES = { short: 3, full: 16, off: 0 } as const;

const LONGEST_WORD = 24;
/** Words that may follow a number in its sentence. */
const BEHIND_NUMBER = 3;
/** Sentences, or as long as one, beside the plan: two thoughts, three speeches of two, an action. */
const PLAYED_SENTENCES = 9;

/**
 * How many words a sentence may have so that the longest turn ends before so many tokens.
 *
 * @param tokensPerWord a word and the blank before it
 */
export function wordsWithin(maxTokens: number, planSentences: number, tokensPerWord: number): number {
  const words = maxTokens / tokensPerWord / (planSentences + PLAYED_SENTENCES);
  return Math.max(6, Math.min(24, Math.floor(words)));
}

/**
 * HER's form as a shape: a plan that is closed before all else, then thoughts, actions and speech, of
 * which something is seen or heard.
 *
 * Texts are words and the punctuation of plain sentences. Without brackets, stars, quotation marks and
 * line breaks nothing in them can be a tag, a heading or an aside, and without colons nobody's name can
 * begin a line. Speech ends as sentences do: by itself on a line a word such as “System” is a heading.
 */
export function turnShape({
  letters,
  planSentences,
  startInside,
  thoughts,
  words,
  cues,
  lead,
}: TurnShapeOptions): Shape {
  const { sentences, deed } = texts(letters, words, cues);
  const planned =
    planSentences === 0
      ? []
      : [
          ...(startInside ? [] : [text('<system_thinking>')]),
          ...(lead === '' ? [] : [text(`${lead} `)]),
          sentences('plan', planSentences),
          text('</system_thinking>'),
        ];
  const thought = row(text('<role_thinking>'), sentences('thought', 1), text('</role_thinking>'));
  const action = rule('action', row(text('<role_action>'), deed, text('</role_action>')));
  const speech = sentences('speech', 2);
  const shown = rule(
    'shown',
    either(row(action, maybe(row(speech, maybe(action)))), row(speech, maybe(row(action, maybe(speech))))),
  );
  const mind = thoughts ? [rule('mind', thought)] : [];
  const more = mind.map((one) => maybe(row(one, either(action, speech))));
  return row(...planned, ...mind.map(maybe), shown, ...more);
}

/** Texts of so many sentences, and what is done, in words alone: what layers hold in every notation. */
export function texts(letters: string, words: number, cues: readonly string[]) {
  const some = times(set(letters), 1, LONGEST_WORD);
  const number = times(set('0-9'), 1, 4);
  // “role-thinking” within speech would be taken for what is left of a tag.
  const notT = set(letters.replace('A-Za-z', 'A-SU-Za-su-z'));
  const hyphened = row(text('-'), notT, times(set(letters), 0, LONGEST_WORD - 1));
  const elided = row(set("'’"), times(set(letters), 1, LONGEST_WORD));
  const joined = maybe(either(hyphened, elided));
  const word = rule('word', row(some, joined));
  const next = rule('next', row(either(text(' '), text(', '), text(' – ')), word));
  // Some models write a token for each digit, and small ones number after number: one a sentence.
  const numbered = maybe(row(text(' '), number, times(next, 0, BEHIND_NUMBER)));
  const more = row(times(next, 0, words - 1 - BEHIND_NUMBER), numbered);
  const named = cues.length === 0 ? [] : [maybe(row(either(...cues.map(text)), text(': ')))];
  const end = either(set('.!?…'), text('...'));
  const sentence = rule('sentence', row(word, more, end));
  return {
    sentences: (name: string, most: number): Shape =>
      rule(name, most === 1 ? sentence : row(sentence, times(row(text(' '), sentence), 0, most - 1))),
    deed: rule('deed', row(...named, word, more)),
  };
}
