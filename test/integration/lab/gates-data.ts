import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';

/** Conversations in which every turn of a character has a plan of its own, and patterns differ. */
export function plannedConversations(count: number): Conversation[] {
  const sample = sampleConversation();
  return Array.from({ length: count }, (_, at) => ({
    ...sample,
    id: `The Ferry House-${at}-0`,
    key: { ...sample.key, plot: at },
    turns: sample.turns.map((turn) =>
      turn.speaker === 'Environment'
        ? turn
        : {
            ...turn,
            // As data has it: no space between elements (her-spec F6).
            text: turn.text.replace('. <', '.<'),
            plan: `${turn.speaker} weighs the tide against the hour ${at}, sees that the other will not move, and answers with as little as will do; step ${turn.id} of ${at}. ${'It should be short, and it should leave the door open. '.repeat(5)}`.trim(),
            planType: 'C' as const,
          },
    ),
  }));
}
