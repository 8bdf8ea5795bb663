import { patternOf } from '../../patterns/pattern.ts';
import type { Conversation } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import { textOf } from './kept-words.ts';
import { lookAlike } from './look-alike.ts';

/** Characters a turn should have (her-spec 6.2); a target, no bound. */
const TARGET = { least: 50, most: 200 };
const FIRST_PERSON = /\b(?:I|me|my|mine|myself|we|us|our)\b/u;

/** How a conversation’s turns are built, before and after: what the manifest sums up. */
export function shapeCounts(before: Conversation, after: Conversation): Readonly<Record<string, number>> {
  const [was, is] = [shapeOf(before), shapeOf(after)];
  return {
    'patterns before': was.patterns,
    'patterns after': is.patterns,
    'third alike before': was.alike,
    'third alike after': is.alike,
    'under 50 characters': is.short,
    'over 200 characters': is.long,
    thoughts: is.thoughts,
    'thoughts with I': is.firstPerson,
  };
}

function shapeOf(conversation: Conversation) {
  const patterns = new Set<string>();
  let [short, long, thoughts, firstPerson] = [0, 0, 0, 0];
  for (const turn of conversation.turns) {
    if (isWorld(turn)) continue;
    const segments = segmentsOf(turn, conversation);
    patterns.add(patternOf(segments));
    const { length } = textOf(segments);
    if (length < TARGET.least) short += 1;
    if (length > TARGET.most) long += 1;
    for (const { kind, text } of segments) {
      if (kind !== 'thought') continue;
      thoughts += 1;
      if (FIRST_PERSON.test(text)) firstPerson += 1;
    }
  }
  const alike = [...lookAlike(conversation).values()].filter((fault) => fault === 'same-pattern').length;
  return { patterns: patterns.size, alike, short, long, thoughts, firstPerson };
}
