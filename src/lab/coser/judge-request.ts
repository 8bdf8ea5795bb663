import type { ChatMessage, ChatRequest } from '../../model/chat-model.ts';
import { withoutThinking } from '../../performer/thinking-in.ts';
import type { CoserDimension } from './judge-answer.ts';
import type { ProtocolRules } from './protocol.ts';

/** What one dimension of one scene is judged by. */
export type Bench = {
  readonly dimension: CoserDimension;
  /** The critic’s instructions. */
  readonly system: string;
  /** The transcript, as that dimension’s judge is given it. */
  readonly user: string;
};

/** An answer that could not be read, and what is wrong with it. */
export type UnreadAnswer = { readonly text: string; readonly wasCut: boolean };

/**
 * How a judge is asked (her-spec 5.1, 5.2): the critic’s text, then the transcript. CoSER and HER ask for
 * nothing but text, and again in the same words; `fixed` asks for JSON of that shape, and tells what was
 * wrong.
 *
 * @param tries from 1
 */
export function judgeRequest(
  { dimension, system, user }: Bench,
  { protocol, judge }: ProtocolRules,
  tries: number,
  unread?: UnreadAnswer,
): ChatRequest {
  const messages: ChatMessage[] = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  const common = { maxTokens: judge.maxTokens, temperature: judge.temperature[tries === 1 ? 0 : 1] };
  if (protocol !== 'fixed') return { messages, ...common };
  if (unread) messages.push(...complaint(dimension, unread));
  return { messages, ...common, jsonSchema: { name: 'flaws', schema: schemaOf(dimension) } };
}

const MOST_SHOWN = 2000;

function complaint(dimension: CoserDimension, { text, wasCut }: UnreadAnswer): readonly ChatMessage[] {
  const what = wasCut
    ? 'That answer broke off before its list of flaws ended. Name each flaw once, in fewer words.'
    : `No whole list of flaws could be read in that answer.`;
  const shape = JSON.stringify({ [dimension]: { flaws: [{ instance: '…', type: '…', severity: 1 }] } });
  return [
    { role: 'assistant', content: withoutThinking(text).slice(0, MOST_SHOWN) || '(nothing)' },
    { role: 'user', content: `${what} Answer with this JSON object and nothing beside it: ${shape}` },
  ];
}

/** The severity comes last: it is given once the flaw has been named. */
function schemaOf(dimension: CoserDimension): Readonly<Record<string, unknown>> {
  const flaw = object({
    instance: { type: 'string' },
    type: { type: 'string' },
    severity: { type: 'integer', minimum: 1, maximum: dimension === 'Storyline Quality' ? 10 : 5 },
  });
  return object({ [dimension]: object({ flaws: { type: 'array', items: flaw } }) });
}

function object(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
