import { visibleSegments } from '../../../format/segments.ts';
import { type Conversation, SHEET_FIELDS } from '../record/conversation.ts';
import { characterOf, fieldOf, publicSheetOf, scenarioOf } from '../record/setting-of.ts';
import { segmentsOf } from '../record/views.ts';
import { eachRun, RUN, runsIn, wordsOf } from './words.ts';

/** For each run of words the turn at which someone first met it; -1: known from the start. */
export type KnownWhen = ReadonlyMap<string, number>;

/**
 * When someone could first know which words: lines that come later are shown to the teacher, so that it sees where a
 * turn leads, and no thought may have read them (her-spec 6.2: no unseen events).
 */
export function knownWhen(conversation: Conversation, name: string): KnownWhen {
  const known = new Map<string, number>();
  const add = (text: string, when: number) => {
    for (const run of runsIn(wordsOf(text))) if (!known.has(run)) known.set(run, when);
  };
  const own = characterOf(conversation, name);
  add(scenarioOf(conversation), -1);
  for (const character of conversation.characters) add(publicSheetOf(character), -1);
  for (const field of SHEET_FIELDS) if (own) add(fieldOf(own, field), -1);
  for (const turn of conversation.turns) {
    const segments = segmentsOf(turn, conversation);
    const met = turn.speaker === name ? segments : visibleSegments(segments);
    for (const { text } of met) add(text, turn.id);
  }
  return known;
}

/** Whether words stand in a text that are only met after a turn. */
export function knowsLater(words: readonly string[], turn: number, known: KnownWhen): boolean {
  for (const run of eachRun(words, RUN)) {
    const when = known.get(run);
    if (when !== undefined && when > turn) return true;
  }
  return false;
}
