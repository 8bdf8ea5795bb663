import { asGbnf } from '../format/turn-grammar/as-gbnf.ts';
import { asRegex } from '../format/turn-grammar/as-regex.ts';
import { lettersOf } from '../format/turn-grammar/letters.ts';
import { turnSchema } from '../format/turn-grammar/turn-schema.ts';
import { PLAN_SENTENCES, turnShape, wordsWithin } from '../format/turn-grammar/turn-shape.ts';
import type { AnswerForm } from '../model/chat-model.ts';
import type { Planning } from '../model/model-settings.ts';
import { languageLead, languageOf } from './language.ts';
import { type TurnForm, WHOLE_FORM } from './turn-form.ts';

export type AnswerFormOptions = {
  readonly planning: Planning;
  /** Tokens that a turn may have. */
  readonly maxTokens: number;
  /** The plan was opened in the prompt. */
  readonly startInside: boolean;
  readonly form?: TurnForm;
  /** What is played, and what was said of late: a turn is written in its scripts. */
  readonly said: string;
  /** Actions that the game has names for. */
  readonly cues?: readonly string[];
  readonly again: boolean;
};

/**
 * The form of a turn for endpoints that can enforce one: small models then write it, too.
 *
 * @returns undefined where there is no such form: in CoSER's brackets, in scripts without blanks
 */
export function answerForm({ said, again, ...options }: AnswerFormOptions): AnswerForm | undefined {
  const letters = lettersOf(said);
  if (letters === undefined || (options.form ?? WHOLE_FORM).dialect !== 'her') return undefined;
  const tokensPerWord = languageOf(said) === 'en' ? ENGLISH_TOKENS : OTHER_TOKENS;
  return { ...notations(letters, { lead: languageLead(said), tokensPerWord }, options), again };
}

/** Tokens a word may take: most tokenizers know English best, and small models’ hardly anything else. */
const ENGLISH_TOKENS = 2;
const OTHER_TOKENS = 4;

/** Few differ, and servers keep what they compiled by the very text. */
const written = new Map<string, Omit<AnswerForm, 'again'>>();
const MOST_WRITTEN = 64;

function notations(
  letters: string,
  { lead, tokensPerWord }: { readonly lead: string; readonly tokensPerWord: number },
  {
    planning,
    maxTokens,
    startInside,
    form = WHOLE_FORM,
    cues = [],
  }: Omit<AnswerFormOptions, 'said' | 'again'>,
): Omit<AnswerForm, 'again'> {
  const planSentences = PLAN_SENTENCES[planning];
  const words = wordsWithin(maxTokens, planSentences, tokensPerWord);
  const options = { letters, planSentences, startInside, thoughts: form.thoughts, words, cues, lead };
  const key = JSON.stringify(options);
  const known = written.get(key);
  if (known) return known;
  const shape = turnShape(options);
  const made = {
    regex: asRegex(shape),
    grammar: asGbnf(shape),
    json: {
      name: 'turn',
      schema: turnSchema(options, { patterns: false }),
      patterned: turnSchema(options, { patterns: true }),
      reminder: jsonReminder(planning, form),
    },
  };
  const [oldest] = written.keys();
  if (written.size >= MOST_WRITTEN && oldest !== undefined) written.delete(oldest);
  written.set(key, made);
  return made;
}

/** Fixed words, the last of a prompt, where the turn is asked for as JSON. */
export function jsonReminder(planning: Planning, { thoughts }: TurnForm = WHOLE_FORM): string {
  const keys = [
    ...(planning === 'off' ? [] : ['"system_thinking" holds the plan']),
    ...(thoughts ? ['"role_thinking" the thought'] : []),
    '"turn" lists actions and speech in order, each with its "kind" and "text"',
  ];
  return `[This time without tags, as one JSON object: ${keys.join(', ')}.]`;
}
