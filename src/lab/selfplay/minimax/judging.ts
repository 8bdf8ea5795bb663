import { drawNonce, fenced } from '../../../judge/verdict/fence.ts';
import type { ChatModel } from '../../../model/chat-model.ts';
import { CHARS_PER_TOKEN } from '../../../performer/actor-prompt.ts';
import { weightOf } from '../../../scene/weight-of.ts';
import type { Chunk } from '../engine/message.ts';
import { quotable } from '../engine/quotable.ts';
import { lineRoom, shownBefore, shownChunk } from '../engine/shown-dialogue.ts';
import type { Judging } from '../engine/style.ts';
import { JUDGE_AGAIN, JUDGE_RULES, JUDGE_SCHEMA } from './judge-words.ts';
import { readFaults } from './read-faults.ts';
import type { Seed } from './seed.ts';

/** Tokens of a judgement. */
export const LONGEST_ANSWER = 4096;
const ROOM_FOR_THE_REST = 900;
/** Of what the judge can read: who they are, and what came before at most. */
const SETTING_SHARE = 0.2;
const BEFORE_SHARE = 0.35;

/** What a judge is asked about one chunk, and how its answer is read. */
export function minimaxJudging(
  seed: Seed,
  chunk: Chunk,
  { contextSize }: Pick<ChatModel, 'contextSize'>,
  secret: string,
): Judging {
  const maxTokens = Math.min(LONGEST_ANSWER, Math.floor(contextSize / 3));
  const room = (contextSize - maxTokens) * CHARS_PER_TOKEN - weightOf(JUDGE_RULES) - ROOM_FOR_THE_REST;
  const setting = Math.floor((room * SETTING_SHARE) / 2);
  const told = [
    { title: `the model’s character, ${oneLine(seed.ai_name)}`, text: clipped(seed.ai_setting, setting) },
    { title: `the user’s character, ${oneLine(seed.user_name)}`, text: clipped(seed.user_setting, setting) },
  ];
  const rest = room - told.reduce((sum, { text }) => sum + weightOf(text), 0);
  const lines = shownChunk(chunk, seed.ai_name, lineRoom(chunk, rest));
  const taken = lines.reduce((sum, { title, text }) => sum + weightOf(title) + weightOf(text) + 20, 0);
  const before = shownBefore(chunk.before, seed.ai_name, Math.min(rest - taken, room * BEFORE_SHARE));
  const parts = [...told, ...before, ...lines];
  const nonce = drawNonce(
    secret,
    parts.map(({ text }) => text),
  );
  const numbers = chunk.exchanges.map(({ number }) => number);
  const ask = `Note the faults of the model’s turns ${numbers[0] ?? 0} to ${numbers.at(-1) ?? 0}. Answer with the JSON object alone.`;
  return {
    request: (attempt, seed) => ({
      messages: [
        { role: 'system', content: JUDGE_RULES },
        {
          role: 'user',
          content: [fenced(nonce, parts), attempt === 1 ? ask : `${ask} ${JUDGE_AGAIN}`].join('\n\n'),
        },
      ],
      maxTokens,
      temperature: attempt === 1 ? 0 : 0.7,
      seed,
      jsonSchema: { name: 'faults', schema: JUDGE_SCHEMA },
    }),
    read: (text) => readFaults(text, chunk),
  };
}

function oneLine(name: string): string {
  return name.replace(/\s+/gu, ' ');
}

function clipped(text: string, most: number): string {
  const words = quotable(text);
  if (weightOf(words) <= most) return words;
  return `${words.slice(0, Math.floor((words.length * most) / weightOf(words))).toWellFormed()}…`;
}
