import { type Segment, visibleSegments } from '../../../format/segments.ts';
import { lcsLength } from '../checks/lcs.ts';
import { amountOf, recallOf, runsIn, sharesRun, wordsOf } from '../checks/words.ts';

/** What of a turn was lost, or is new, where nothing may be. */
export type KeptFault = 'speech-changed' | 'action-lost' | 'action-added' | 'thought-lost' | 'thought-shown';

/** Of what was said so much can still be heard or, where it was narration, be seen. */
const SAID_KEPT = 0.9;
/** So much of what was said is said still, in its order: more than half of a turn is hardly narration. */
const SAID_STILL = 0.5;
/** So much of what is said now was said before, in its order. */
const SAID_BEFORE = 0.8;
const ACTED_KEPT = 0.6;
const THOUGHT_KEPT = 0.5;
/** A small gesture may be new; what comes to more is another turn. Words. */
const MOST_NEW = 8;
/** Words of a thought in a row that show that it was made visible. */
const SHOWN_RUN = 4;
const FEWEST_THOUGHT = 3;
/** An action that reads like a thought, and may become one. */
const OF_THE_MIND =
  /\b(?:I|my|me|myself|thinks?|thinking|wonders?|wondering|remembers?|recalls?|feels?|feeling|knows?|reali[sz]es?)\b/iu;

/**
 * Whether an enhanced turn is still the turn it was (her-spec 6.2: minimal change): what is said and its order, all
 * that is done, what is thought; and nothing that was thought can now be seen or heard (the one law).
 */
export function keptFault(before: readonly Segment[], now: readonly Segment[]): KeptFault | undefined {
  return (
    shownFault(before, now) ??
    speechFault(before, now) ??
    lostThought(before, now) ??
    actionFault(before, now)
  );
}

function speechFault(before: readonly Segment[], now: readonly Segment[]): KeptFault | undefined {
  const [said, saidNow] = [wordsIn(before, 'speech'), wordsIn(now, 'speech')];
  const common = lcsLength(said, saidNow);
  if (common < said.length * SAID_STILL || common < saidNow.length * SAID_BEFORE) return 'speech-changed';
  return recallOf(said, wordsIn(now, 'speech', 'action')) < SAID_KEPT ? 'speech-changed' : undefined;
}

function shownFault(before: readonly Segment[], now: readonly Segment[]): KeptFault | undefined {
  const seen = wordsOf(textOf(visibleSegments(before)));
  const seenNow = wordsOf(textOf(visibleSegments(now)));
  for (const { kind, text } of before) {
    const words = kind === 'thought' ? wordsOf(text) : [];
    const length = Math.min(SHOWN_RUN, amountOf(words));
    if (length < 2) continue;
    const open = runsIn(seen, length);
    const hidden = new Set([...runsIn(words, length)].filter((run) => !open.has(run)));
    if (sharesRun(seenNow, hidden, length)) return 'thought-shown';
  }
  return undefined;
}

function lostThought(before: readonly Segment[], now: readonly Segment[]): KeptFault | undefined {
  const thought = wordsIn(before, 'thought');
  const isLost =
    thought.length >= FEWEST_THOUGHT && recallOf(thought, wordsIn(now, 'thought')) < THOUGHT_KEPT;
  return isLost ? 'thought-lost' : undefined;
}

function actionFault(before: readonly Segment[], now: readonly Segment[]): KeptFault | undefined {
  const [acted, actedNow] = [wordsIn(before, 'action'), wordsIn(now, 'action')];
  const ofTheMind = before.some(({ kind, text }) => kind === 'action' && OF_THE_MIND.test(text));
  const left = ofTheMind ? wordsOf(textOf(now)) : wordsIn(now, 'action', 'speech');
  if (recallOf(acted, left) < ACTED_KEPT) return 'action-lost';
  const fresh = actedNow.length * (1 - recallOf(actedNow, wordsIn(before, 'action', 'speech')));
  return fresh > MOST_NEW && fresh > actedNow.length / 2 ? 'action-added' : undefined;
}

function wordsIn(segments: readonly Segment[], ...kinds: readonly Segment['kind'][]): string[] {
  return wordsOf(textOf(segments.filter(({ kind }) => kinds.includes(kind))));
}

/** All layers of a turn, in its order. */
export function textOf(segments: readonly { readonly text: string }[]): string {
  return segments.map(({ text }) => text).join('\n');
}
