import { readsOtherMind } from '../../../enrich/other-mind.ts';
import type { Fault } from '../../../format/parsed-turn.ts';
import { looksLikePlan, namesHiddenLayer } from '../../../format/plan-guard.ts';
import { renderHer } from '../../../format/render-her.ts';
import type { Segment } from '../../../format/segments.ts';
import { isEmpty } from '../../../format/tidy.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { hiddenFrom } from '../checks/hidden-of.ts';
import { type KnownWhen, knownWhen, knowsLater } from '../checks/known-when.ts';
import { repeatsSpeech } from '../checks/repeats.ts';
import { beginsWithOwnName, namesActor, namesTheTask, ownNames } from '../checks/voice.ts';
import { sharesRun, wordsOf } from '../checks/words.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { segmentsOf, speakersOf } from '../record/views.ts';
import { EXAMPLE_RUNS } from './example.ts';
import { type KeptFault, keptFault, textOf } from './kept-words.ts';
import { isOtherLanguage } from './languages.ts';
import type { AlikeFault } from './look-alike.ts';

/** What may be wrong with an enhanced turn, and how it is said to who wrote it. */
export const THINK_FAULTS = {
  'not-there': 'The turn is missing: write it.',
  'no-turn': 'It is no turn in the form that was asked for.',
  'several-speakers': 'It speaks for somebody else.',
  plans: 'It holds a plan of how to play the turn; a turn holds none.',
  'speech-changed': 'What is said was changed: keep the words that are spoken, in their order.',
  'action-lost': 'Something that is done was left out.',
  'action-added': 'Something is done that was not: add thoughts, no deeds.',
  'thought-lost': 'A thought that was there was left out: keep it.',
  'thought-shown': 'A thought was made speech or action: it stays a thought.',
  'too-long': 'It is too long: add a few words only.',
  'names-actor': 'An action names who does it: leave the subject out.',
  'not-first-person': 'A thought speaks of the thinker by name: use “I”.',
  'repeats-in-speech': 'A thought says what is said aloud as well.',
  'other-mind': 'A thought tells what somebody else feels or thinks: only what can be seen or guessed.',
  'names-the-task': 'It speaks of playing a role.',
  'knows-too-much': 'It uses words that nobody but another character could know.',
  'knows-later': 'A thought knows what is only said or done later.',
  'copies-example': 'A thought is the one of the example: think of another.',
  'other-language': 'It is in another language than the turn was.',
  'same-pattern': 'Its pieces stand in the same order as in the two turns before: choose another order.',
  'same-opening': 'A thought begins like another one shortly before: begin it otherwise.',
} as const satisfies Record<KeptFault | AlikeFault, string> & Record<string, string>;
export type ThinkFault = keyof typeof THINK_FAULTS;

/** Characters: her-spec asks for 50 to 200 a turn; what was longer from the start may grow by as much again. */
const LONGEST = 400;

/** Where tags do not tell for certain where a layer ends. */
const UNSURE: ReadonlySet<Fault> = new Set([
  'thought-unclosed',
  'thought-orphan-close',
  'action-unclosed',
  'tag-mismatched',
  'tag-nested',
  'tag-cut-off',
  'noise',
]);

/** What turns of one character are held against. */
export type Mind = {
  readonly conversation: Conversation;
  readonly own: ReadonlySet<string>;
  readonly others: readonly string[];
  /** Runs of words that the character cannot know at all, and when it could know the others. */
  readonly hidden: ReadonlySet<string>;
  readonly known: KnownWhen;
};

/** @param name the character whose turns are checked */
export function mindOf(conversation: Conversation, name: string): Mind {
  return {
    conversation,
    own: ownNames(name),
    others: speakersOf(conversation).filter((other) => other !== name),
    hidden: hiddenFrom(conversation, name),
    known: knownWhen(conversation, name),
  };
}

export type CheckedTurn = { readonly text: string } | { readonly fault: ThinkFault };

/**
 * Checks an enhanced turn against what it was (her-spec 6.2 RULE): what is mendable is mended (spaces, closing
 * punctuation, neighbours, quotation marks that were not there).
 */
export function checkTurn(turn: Turn, written: string, mind: Mind): CheckedTurn {
  const parsed = parseTurn(written, { speaker: { name: turn.speaker }, others: mind.others });
  if (parsed.systemThinking !== '' || parsed.faults.some((fault) => fault.startsWith('plan-un')))
    return { fault: 'plans' };
  if (parsed.faults.includes('other-speaker')) return { fault: 'several-speakers' };
  if (!parsed.usable || parsed.faults.some((fault) => UNSURE.has(fault)) || written.includes('\uFFFD'))
    return { fault: 'no-turn' };
  const before = segmentsOf(turn, mind.conversation);
  const quoted = before.some(({ kind, text }) => kind === 'speech' && QUOTED.test(text));
  const tidied = parsed.segments
    .map((one) => tidiedSegment(one, quoted))
    .filter(({ text }) => !isEmpty(text));
  const text = renderHer(tidied);
  const now = segmentsOf({ ...turn, text }, mind.conversation);
  if (now.length === 0 || renderHer(now) !== text) return { fault: 'no-turn' };
  const fault = keptFault(before, now) ?? lengthFault(before, now) ?? voiceFault(before, now, turn, mind);
  return fault ? { fault } : { text };
}

function lengthFault(before: readonly Segment[], now: readonly Segment[]): ThinkFault | undefined {
  return textOf(now).length > Math.max(LONGEST, textOf(before).length * 2 + 200) ? 'too-long' : undefined;
}

function voiceFault(
  before: readonly Segment[],
  now: readonly Segment[],
  turn: Turn,
  { conversation, own, hidden, known }: Mind,
): ThinkFault | undefined {
  const said = now.flatMap(({ kind, text }) => (kind === 'speech' ? wordsOf(text) : []));
  const was = textOf(before);
  const around = () => conversation.turns.map(({ text }) => text).join('\n');
  for (const { kind, text } of now) {
    if (namesTheTask(text)) return 'names-the-task';
    if (kind !== 'thought') {
      if (looksLikePlan(text, [turn.speaker])) return 'plans';
      if (namesHiddenLayer(text)) return 'names-the-task';
      if (kind === 'action' && namesActor(text, own)) return 'names-actor';
      continue;
    }
    if (text.split(/[.!?…]\s+/u).some((sentence) => beginsWithOwnName(sentence, own)))
      return 'not-first-person';
    const words = wordsOf(text);
    if (repeatsSpeech(words, said)) return 'repeats-in-speech';
    // What the source itself lets somebody think is no fault of who was asked.
    if (readsOtherMind(text, own) && !readsOtherMind(was, own)) return 'other-mind';
    if (sharesRun(words, EXAMPLE_RUNS)) return 'copies-example';
    if (sharesRun(words, hidden)) return 'knows-too-much';
    if (knowsLater(words, turn.id, known)) return 'knows-later';
    if (isOtherLanguage(text, was, around)) return 'other-language';
  }
  return undefined;
}

const QUOTED = /^["“«][^"“”«»]*["”»]$/u;

/** Data rules F4 and F7: what stands in tags has no closing full stop, speech no quotation marks around it. */
function tidiedSegment({ kind, text }: Segment, quoted: boolean): Segment {
  if (kind === 'speech')
    return { kind, text: !quoted && QUOTED.test(text) ? text.slice(1, -1).trim() : text };
  return { kind, text: text.replace(/(?<![.…])[.。]$/u, '') };
}
