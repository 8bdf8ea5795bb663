import { wordsIn } from '../../../enrich/names-in.ts';
import { renderHer } from '../../../format/render-her.ts';
import type { Segment } from '../../../format/segments.ts';
import { tidy } from '../../../format/tidy.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { hiddenFrom } from '../checks/hidden-of.ts';
import { type KnownWhen, knownWhen, knowsLater } from '../checks/known-when.ts';
import { isFirstPerson, ownNames } from '../checks/voice.ts';
import { recallOf, runsIn, sharesRun, wordsOf } from '../checks/words.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { segmentsOf, speakersOf } from '../record/views.ts';
import type { PlanLength } from './plan-type.ts';

/** What may be wrong with a plan, and how it is said to who wrote it. */
export const PLAN_FAULTS = {
  'not-there': 'The plan is missing: write it.',
  'other-numbers':
    'The numbers in the answer were not those that were asked for: each plan has the number of its turn.',
  user: 'It speaks of a user; there is none.',
  'first-person': 'It is in the voice of the character: write about the character in the third person.',
  'too-short': 'It is too short.',
  'too-long': 'It is too long.',
  nameless: 'It does not name the character.',
  'knows-too-much': 'It uses words that nobody but another character could know.',
  'is-the-turn': 'It writes the turn out: say what the turn is to do, quote a few words of it at most.',
  'tells-the-future': 'It tells what is said only later.',
  'bad-form':
    'It holds tags, headings of another part or a line of a character: prose and plain headings only.',
} as const satisfies Record<string, string>;
export type PlanFault = keyof typeof PLAN_FAULTS;

export type CheckedPlan = { readonly plan: string } | { readonly fault: PlanFault };

/** What a plan is held against, made once for a character. */
export type PlanContext = {
  readonly conversation: Conversation;
  /** Runs of words that the character cannot know at all, and when it could know the others. */
  readonly hidden: ReadonlySet<string>;
  readonly known: KnownWhen;
};

/** @param name the character whose plans are checked */
export function planContext(conversation: Conversation, name: string): PlanContext {
  return { conversation, hidden: hiddenFrom(conversation, name), known: knownWhen(conversation, name) };
}

/** Of a plan, so many of its words in the turn’s own order are the turn itself. */
const WRITTEN_OUT = 0.9;
/** Words: a shorter speech may be quoted whole. */
const SHORT_SPEECH = 12;
/** Words in a row that show that a thought was copied; `validate` holds plans against the same. */
const COPIED_RUN = 14;

/**
 * Checks a plan (her-spec 6.3 RULE): whoever reads it and the turn must be able to tell them apart.
 *
 * @param length what is taken
 */
export function checkPlan(
  turn: Turn,
  written: string,
  length: PlanLength,
  { conversation, hidden, known }: PlanContext,
): CheckedPlan {
  const plan = plain(written);
  if (plan === '') return { fault: 'not-there' };
  if (/\buser(?:['’]?s)?\b/iu.test(plan)) return { fault: 'user' };
  if (isFirstPerson(plan)) return { fault: 'first-person' };
  if (plan.length < length.least) return { fault: 'too-short' };
  if (plan.length > length.most) return { fault: 'too-long' };
  if (!names(plan, turn.speaker)) return { fault: 'nameless' };
  const words = wordsOf(plan);
  if (sharesRun(words, hidden)) return { fault: 'knows-too-much' };
  if (writesItOut(words, turn, conversation)) return { fault: 'is-the-turn' };
  if (knowsLater(words, turn.id, known)) return { fault: 'tells-the-future' };
  return readsBack(plan, turn, conversation) ? { plan } : { fault: 'bad-form' };
}

const TAGS = /<\s*\/?\s*(?:(?:system|role)[_\s-]?(?:think(?:ing)?|action)|think(?:er|ing)?|thought)\s*>/giu;

/** Without the tags of the form, and without brackets that could be taken for some. */
function plain(written: string): string {
  return tidy(written.replace(TAGS, ' ').replaceAll('<', '‹').replaceAll('>', '›'));
}

function names(plan: string, speaker: string): boolean {
  const there = wordsIn(plan);
  const own = [...ownNames(speaker)];
  // Some scripts put no blank between a name and what follows it.
  return plan.includes(speaker) || own.some((word) => there.has(word));
}

/** Whether all of what is said stands in it, where that is more than a few words; or a thought, word for word. */
function writesItOut(words: readonly string[], turn: Turn, conversation: Conversation): boolean {
  const segments = segmentsOf(turn, conversation);
  const wordsOfEach = (which: Segment['kind']) =>
    segments.filter(({ kind }) => kind === which).map(({ text }) => wordsOf(text));
  if (wordsOfEach('thought').some((one) => sharesRun(words, runsIn(one, COPIED_RUN), COPIED_RUN)))
    return true;
  const spoken = wordsOfEach('speech').flat();
  if (spoken.length <= SHORT_SPEECH) return false;
  const runs = runsIn(spoken, 4);
  const there = [...runsIn(words, 4)].filter((run) => runs.has(run)).length;
  return there >= runs.size * WRITTEN_OUT && recallOf(spoken, words) >= WRITTEN_OUT;
}

/** Whether plan and turn, written one behind the other as they are trained on, read back as they were. */
function readsBack(plan: string, turn: Turn, conversation: Conversation): boolean {
  const others = speakersOf(conversation).filter((name) => name !== turn.speaker);
  const text = `<system_thinking>${plan}</system_thinking>${turn.speaker}: ${turn.text}`;
  const parsed = parseTurn(text, { speaker: { name: turn.speaker }, others });
  return parsed.usable && parsed.systemThinking.trim() === plan && renderHer(parsed.segments) === turn.text;
}
