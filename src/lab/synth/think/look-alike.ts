import { patternOf } from '../../patterns/pattern.ts';
import { wordsOf } from '../checks/words.ts';
import type { Conversation } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';

/** What is right by itself and dull beside its neighbours. */
export type AlikeFault = 'same-pattern' | 'same-opening';

/** So many turns in a row may be built alike, and so many of one’s own before are looked at (her-spec 6.2). */
const MOST_ALIKE = 2;
const OWN_BEFORE = 3;
const OPENING = 3;

/**
 * Turns that are built like the two before them, or whose thought begins as one of the last turns of the same
 * character does. A turn that is found counts as changed: in six alike the third and the sixth are found. The
 * world’s turns stand between nothing.
 */
export function lookAlike(conversation: Conversation): ReadonlyMap<number, AlikeFault> {
  const found = new Map<number, AlikeFault>();
  const openings = new Map<string, readonly (readonly string[])[]>();
  let [last, inRow] = ['', 0];
  for (const turn of conversation.turns) {
    const segments = segmentsOf(turn, conversation);
    if (isWorld(turn) || segments.length === 0) continue;
    const begins = segments.flatMap(({ kind, text }) => (kind === 'thought' ? openingOf(text) : []));
    const before = openings.get(turn.speaker) ?? [];
    openings.set(turn.speaker, [...before, begins].slice(-OWN_BEFORE));
    if (begins.some((one) => before.some((some) => some.includes(one)))) found.set(turn.id, 'same-opening');

    const pattern = patternOf(segments);
    inRow = pattern === last ? inRow + 1 : 1;
    last = pattern;
    if (inRow <= MOST_ALIKE) continue;
    found.set(turn.id, 'same-pattern');
    inRow = 0;
  }
  return found;
}

function openingOf(thought: string): string[] {
  const words = wordsOf(thought);
  return words.length > OPENING ? [words.slice(0, OPENING).join(' ')] : [];
}
