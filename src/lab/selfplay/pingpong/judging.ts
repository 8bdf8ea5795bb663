import { drawNonce, fenced } from '../../../judge/verdict/fence.ts';
import type { ChatModel } from '../../../model/chat-model.ts';
import type { Chunk } from '../engine/message.ts';
import { shownChunk } from '../engine/shown-dialogue.ts';
import type { Judging } from '../engine/style.ts';
import { linesOf } from './interrogator.ts';
import type { PingPongPrompts } from './prompts.ts';
import { CRITERIA, readScores } from './read-scores.ts';
import type { PingPongCharacter, Situation } from './settings.ts';

/** As PingPong asks its judges; top_p 0.95 belongs to the model’s own settings (`extraBody`). */
export const JUDGE_SAMPLING = { temperature: 0.1, maxTokens: 4096 };
const LONGEST_LINE = 8000;

const AGAIN =
  'A first answer could not be read: it was no JSON object with "scores", a turn lacked its entry, or a mark was missing or off the scale.';

/** What a judge is asked about one whole dialogue. */
export function pingPongJudging(
  { character, situation }: { readonly character: PingPongCharacter; readonly situation: Situation },
  chunk: Chunk,
  { contextSize }: Pick<ChatModel, 'contextSize'>,
  {
    prompts,
    most,
    secret,
  }: {
    readonly prompts: PingPongPrompts;
    readonly most: number;
    readonly secret: string;
  },
): Judging {
  const said = chunk.exchanges.flatMap(({ user, actor }) => [user, actor]);
  const { system, user } = prompts.judging(character, situation, linesOf(said, character.char_name));
  const shown =
    prompts.source === 'ours' ? `${user}\n\n${fencedChunk(chunk, character.char_name, secret)}` : user;
  const maxTokens = Math.min(JUDGE_SAMPLING.maxTokens, Math.floor(contextSize / 2));
  const schema = schemaOf(most, chunk.exchanges.length);
  return {
    request: (attempt, seed) => ({
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: attempt === 1 ? shown : `${shown}\n\n${AGAIN}` },
      ],
      maxTokens,
      temperature: JUDGE_SAMPLING.temperature,
      seed,
      jsonSchema: { name: 'scores', schema },
    }),
    read: (text) => readScores(text, chunk, most),
  };
}

function fencedChunk(chunk: Chunk, name: string, secret: string): string {
  const parts = shownChunk(chunk, name, LONGEST_LINE);
  const nonce = drawNonce(
    secret,
    parts.map(({ text }) => text),
  );
  return `The player is called the model here.\n\n${fenced(nonce, parts)}\n\nAnswer with the JSON object alone.`;
}

function schemaOf(most: number, turns: number) {
  const mark = { type: 'integer', minimum: 1, maximum: most } as const;
  const properties = {
    turn: { type: 'integer' },
    is_refusal_explanation: { type: 'string' },
    is_refusal: { type: 'boolean' },
    ...Object.fromEntries(
      CRITERIA.flatMap(({ id }): [string, object][] => [
        [`${id}_explanation`, { type: 'string' }],
        [`${id}_score`, mark],
      ]),
    ),
  };
  const entry = {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
  return {
    type: 'object',
    properties: { scores: { type: 'array', minItems: turns, maxItems: turns, items: entry } },
    required: ['scores'],
    additionalProperties: false,
  };
}
