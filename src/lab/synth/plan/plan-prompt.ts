import type { ChatRequest } from '../../../model/chat-model.ts';
import { lineWords, prose, type Window, whoAndWhere } from '../prompt-parts.ts';
import type { Conversation } from '../record/conversation.ts';
import { PLAN_FAULTS, type PlanFault } from './check-plan.ts';
import { lengthAsked, type PlanType } from './plan-type.ts';

/** Of its own sheet, and of each other’s (her-spec 6.3, 3_7). Characters. */
const CUTS = { own: 1500, others: 500 };
const TOKENS_A_PLAN = 560;
const BESIDE_PLANS = 300;
const CHARS_PER_TOKEN = 2.5;

export type AskedPlan = {
  readonly turn: number;
  readonly draft: string;
  readonly type: PlanType;
  readonly fault?: PlanFault;
};

/** Asks for the plans of a character’s turns. What is the same for all stands first. */
export function planRequest(
  conversation: Conversation,
  name: string,
  { lines }: Pick<Window, 'lines'>,
  asked: readonly AskedPlan[],
  { maxTokens, temperature }: { readonly maxTokens: number; readonly temperature: number },
): ChatRequest {
  return {
    messages: [
      { role: 'system', content: PLAN_RULES },
      {
        role: 'user',
        content: [
          whoAndWhere(conversation, name, CUTS),
          `What happened, as ${name} perceived it:\n${lines.map(lineWords).join('\n')}`,
          `The plans that are asked for, each for the turn of ${name} with its number:\n\n${asked.map((one) => askedWords(one)).join('\n\n')}`,
          'JSON alone, one entry for each number.',
        ].join('\n\n'),
      },
    ],
    maxTokens: Math.min(maxTokens, tokensFor(asked)),
    temperature,
    jsonSchema: { name: 'plans', schema: SCHEMA },
  };
}

/** For so many there has to be room in an answer. */
export function tokensFor(asked: readonly AskedPlan[]): number {
  const ofDrafts = asked.reduce((sum, { draft }) => sum + draft.length, 0) / CHARS_PER_TOKEN;
  return BESIDE_PLANS + asked.length * TOKENS_A_PLAN + Math.ceil(ofDrafts);
}

function askedWords({ turn, draft, type, fault }: AskedPlan): string {
  const { least, most, target } = lengthAsked(type, draft);
  const how = {
    A: `Type A: the draft stands. Keep its structure, its sections and its length${target === undefined ? '' : ` (about ${target} characters)`}; change only what does not lead to this turn.`,
    B: `Type B: the draft is in the voice of the character. Write it anew, ${least} to ${most} characters.`,
    C: `Type C: there is no draft. Write it, ${least} to ${most} characters.`,
  }[type];
  return [
    `#${turn} ${how}`,
    ...(fault ? [`A first attempt could not be used: ${PLAN_FAULTS[fault]}`] : []),
    ...(draft === '' ? [] : [`Draft:\n${prose(draft)}`]),
  ].join('\n');
}

export const PLAN_RULES = `You write what somebody who plays a character thought before a turn: the plan behind it. You are given a scene as the character perceived it, and the turns for which plans are asked. The turns are fixed. Each plan has to lead to its turn, so that a reader of the plan would expect that turn and no other.

A plan is about the character and in the third person: "Ada must not show that she has run. She answers the price and not the man." It never says "I" for the character, never speaks of a user, and calls everybody by name.

It goes from the moment to the turn: the context (what just happened and what it means), the goal (what the character wants now), the plan (what to think, to do and to say, and in what tone), the drafting (what must be in it, what must not). Headings or plain paragraphs, as it fits.

It rests on what the character has seen and heard, on its own sheet and on what it has in mind. What others think nobody knows; it can be guessed from what they do. What happens after the turn has not happened. Plans of earlier turns are not known.

It does not write the turn out: a few of its words may be quoted, not all. The first plan of a scene looks at where the character stands and what brought it there.

Answer with JSON: {"plans": [{"turn": 4, "plan": "…"}]}`;

const SCHEMA = {
  type: 'object',
  properties: {
    plans: {
      type: 'array',
      items: {
        type: 'object',
        properties: { turn: { type: 'integer' }, plan: { type: 'string' } },
        required: ['turn', 'plan'],
        additionalProperties: false,
      },
    },
  },
  required: ['plans'],
  additionalProperties: false,
};
