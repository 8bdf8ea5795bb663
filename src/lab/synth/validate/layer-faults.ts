import { looksLikePlan, namesHiddenLayer } from '../../../format/plan-guard.ts';
import { hiddenFrom } from '../checks/hidden-of.ts';
import { beginsWithOwnName, namesActor, namesTheTask, ownNames } from '../checks/voice.ts';
import { recallOf, runsIn, sharesRun, wordsOf } from '../checks/words.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import type { TurnFault } from './turn-fault.ts';

const REPEATED = 0.8;
const LEAST_REPEATED = 5;
/** Of neighbouring words: in a long speech single words are found by chance. */
const PAIRS_REPEATED = 0.5;
/** Words in a row that are said and thought. */
const REPEATED_RUN = 8;

/** What is wrong with thoughts, and with what can be seen and heard. */
export function layerFaults(turn: Turn, conversation: Conversation): TurnFault[] {
  const segments = segmentsOf(turn, conversation);
  const own = ownNames(turn.speaker);
  const said = segments.flatMap(({ kind, text }) => (kind === 'speech' ? wordsOf(text) : []));
  return segments.flatMap(({ kind, text }): TurnFault[] => {
    const fault = (why: string): TurnFault => ({ why, layer: kind });
    if (kind === 'thought') {
      if (isWorld(turn)) return [];
      const words = wordsOf(text);
      return [
        ...(namesTheTask(text) ? [fault('thought-names-the-task')] : []),
        ...(beginsWithOwnName(text, own) ? [fault('thought-not-first-person')] : []),
        ...(isSaid(words, said) ? [fault('thought-repeats-in-speech')] : []),
        ...(sharesRun(words, hiddenFrom(conversation, turn.speaker))
          ? [fault('thought-knows-too-much')]
          : []),
      ];
    }
    const speaker = isWorld(turn) ? [] : [turn.speaker];
    return [
      ...(kind === 'action' && !isWorld(turn) && namesActor(text, own) ? [fault('action-names-actor')] : []),
      ...(looksLikePlan(text, speaker) ? [fault('plan-in-the-open')] : []),
      ...(namesHiddenLayer(text) ? [fault('names-a-hidden-layer')] : []),
    ];
  });
}

/** Whether what is thought is said aloud as well. */
function isSaid(words: readonly string[], said: readonly string[]): boolean {
  if (words.length < LEAST_REPEATED) return false;
  if (sharesRun(words, runsIn(said, REPEATED_RUN), REPEATED_RUN)) return true;
  if (recallOf(words, said) < REPEATED) return false;
  const pairs = [...runsIn(words, 2)];
  const there = runsIn(said, 2);
  return pairs.filter((pair) => there.has(pair)).length >= pairs.length * PAIRS_REPEATED;
}
