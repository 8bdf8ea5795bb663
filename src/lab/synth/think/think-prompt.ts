import type { ChatRequest } from '../../../model/chat-model.ts';
import { lineWords, type Window, whoAndWhere } from '../prompt-parts.ts';
import type { Conversation } from '../record/conversation.ts';
import { THINK_FAULTS, type ThinkFault } from './check-turn.ts';
import { EXAMPLE_THOUGHT } from './example.ts';

/** Of its own sheet, and of each other’s. Characters. */
export const CUTS = { own: 2000, others: 400 };

export type AskedTurn = { readonly turn: number; readonly fault?: ThinkFault };

/** Asks for turns of one character, enhanced. What is the same for all stands first. */
export function thinkRequest(
  conversation: Conversation,
  name: string,
  { lines }: Pick<Window, 'lines'>,
  asked: readonly AskedTurn[],
  { maxTokens, temperature }: { readonly maxTokens: number; readonly temperature: number },
): ChatRequest {
  const faults = asked.flatMap(({ turn, fault }) => (fault ? [`#${turn}: ${THINK_FAULTS[fault]}`] : []));
  return {
    messages: [
      { role: 'system', content: THINK_RULES },
      {
        role: 'user',
        content: [
          whoAndWhere(conversation, name, CUTS),
          `What happened, as ${name} perceived it:\n${lines.map(lineWords).join('\n')}`,
          faults.length === 0 ? '' : `About a first attempt:\n${faults.join('\n')}`,
          `Write these turns of ${name} anew: ${asked.map(({ turn }) => `#${turn}`).join(', ')}. JSON alone.`,
        ]
          .filter(Boolean)
          .join('\n\n'),
      },
    ],
    maxTokens,
    temperature,
    jsonSchema: { name: 'turns', schema: SCHEMA },
  };
}

export const THINK_RULES = `You are an editor of dialogue. You are given a scene as one character perceived it, and some of that character's own turns by their numbers. You add what the character thinks in those turns.

A turn is a list of pieces in order:
- "speech": what is said aloud;
- "action": what others can see, without a subject: "looks up", not "she looks up";
- "thought": what goes through the character's mind and nobody hears, in the first person.

Keep the turn as it is: the words that are spoken and their order, all that is done, the thoughts that are there, its meaning and its style. You enrich, you do not rewrite, and nothing new is done. Where narration stands among the spoken words, make it an action; where a thought stands in an action, make it a thought; never make a thought something that others hear or see.

A thought knows only what this character has seen and heard up to that turn, and what it knows anyway. Lines further down have not happened yet. Nobody reads minds: "his voice shakes, he must be afraid" is fine, "he is afraid" is not. A thought does not say what is said aloud anyway. It shows something: a doubt, a memory, a judgement, a wish, a turn of mood, an intention held back. It is a few words to a sentence. A whole turn has some 50 to 200 characters, and turns do not get longer as the scene goes on.

Vary the order. Thoughts may come first, last, or between; there may be one, several, or none where the turn needs none. No more than two turns in a row have the same order of pieces. Do not begin thoughts alike.

No full stop at the end of an action or a thought. Write in the language of the turn, and in no other.

Example. Given: #4 Perran Hale: <role_action>goes on coiling the rope</role_action>Tide's wrong till four.
Answer: {"turns": [{"turn": 4, "pieces": [{"kind": "action", "text": "goes on coiling the rope"}, {"kind": "speech", "text": "Tide's wrong till four."}, {"kind": "thought", "text": "${EXAMPLE_THOUGHT}"}], "reason": "he hides his fear behind the tide"}]}`;

const text = { type: 'string' } as const;
const SCHEMA = {
  type: 'object',
  properties: {
    turns: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          turn: { type: 'integer' },
          pieces: {
            type: 'array',
            items: {
              type: 'object',
              properties: { kind: { type: 'string', enum: ['thought', 'action', 'speech'] }, text },
              required: ['kind', 'text'],
              additionalProperties: false,
            },
          },
          reason: text,
        },
        required: ['turn', 'pieces', 'reason'],
        additionalProperties: false,
      },
    },
  },
  required: ['turns'],
  additionalProperties: false,
};
