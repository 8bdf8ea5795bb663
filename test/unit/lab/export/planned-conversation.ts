import type { Conversation } from '../../../../src/lab/synth/record/conversation.ts';
import { sampleConversation } from '../../../support/synth/conversation.ts';

/** The short conversation with a plan for each turn of a character. */
export function plannedConversation(more: Partial<Conversation> = {}): Conversation {
  const base = sampleConversation();
  return {
    ...base,
    turns: base.turns.map((turn) =>
      turn.speaker === 'Environment'
        ? turn
        : { ...turn, plan: `${turn.speaker} weighs what to do in turn ${turn.id}.`, planType: 'B' as const },
    ),
    ...more,
  };
}
