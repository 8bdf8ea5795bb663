import { looksLikePlan, namesHiddenLayer } from '../../../format/plan-guard.ts';
import { knowsHidden } from '../checks/hidden-of.ts';
import { repeatsSpeech } from '../checks/repeats.ts';
import { beginsWithOwnName, namesActor, namesTheTask, ownNames } from '../checks/voice.ts';
import { wordsOf } from '../checks/words.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import type { TurnFault } from './turn-fault.ts';

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
        ...(repeatsSpeech(words, said) ? [fault('thought-repeats-in-speech')] : []),
        ...(knowsHidden(words, turn, conversation) ? [fault('thought-knows-too-much')] : []),
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
