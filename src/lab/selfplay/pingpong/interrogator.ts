import { objectsIn } from '../../../format/answer-json.ts';
import type { Ask, Keep } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import { seenText } from '../engine/actor.ts';
import { saysSomething, waiting } from '../engine/chat-user.ts';
import { type Dice, MOST_TRIES } from '../engine/dice.ts';
import type { Message } from '../engine/message.ts';
import { keepPlain } from '../engine/plain-text.ts';
import type { Part } from '../engine/play-dialogue.ts';
import type { ChatLine, PingPongPrompts } from './prompts.ts';
import type { PingPongCharacter, Situation } from './settings.ts';

/** As PingPong asks its interrogator; top_p 0.95 belongs to the model’s own settings (`extraBody`). */
export const INTERROGATOR_SAMPLING = { temperature: 0.8, maxTokens: 1024 };

/** PingPong’s simulated user: one prompt for each line, answered in JSON. */
export function createInterrogator(
  lab: LabModel,
  {
    character,
    situation,
    prompts,
  }: {
    readonly character: PingPongCharacter;
    readonly situation: Situation;
    readonly prompts: PingPongPrompts;
  },
  { ask, dice, priority }: { readonly ask: Ask; readonly dice: Dice; readonly priority: number },
): Part {
  const maxTokens = Math.min(INTERROGATOR_SAMPLING.maxTokens, Math.floor(lab.model.contextSize / 4));
  const keep = keepUtterance(character.char_name);
  return async (said, turn, signal) => {
    const lines = linesOf(said, character.char_name);
    const { system, user } = prompts.interrogator(character, situation, lines);
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const request = {
        messages: [
          { role: 'system' as const, content: system },
          { role: 'user' as const, content: user },
        ],
        maxTokens,
        temperature: INTERROGATOR_SAMPLING.temperature,
        seed: dice.seed('user', turn, attempt),
        jsonSchema: { name: 'utterance', schema: SCHEMA },
      };
      const { text } = await ask(lab, request, { take: dice.take(attempt), priority, keep }, signal);
      if (text !== '') return { by: 'user', text, segments: [{ kind: 'speech', text }], given: false };
    }
    return waiting(character.char_name);
  };
}

/** What of a dialogue may be seen, as PingPong’s templates know it. */
export function linesOf(said: readonly Message[], name: string): readonly ChatLine[] {
  return said.map((message) => ({
    role: message.by === 'user' ? 'user' : 'assistant',
    content: seenText(message, name),
  }));
}

/** Only the utterance is kept: what else a model wrote about it, or thought within it, is nobody’s business. */
function keepUtterance(name: string): Keep {
  const keep = keepPlain({ speaker: { name: 'User' }, others: [name] }, true);
  return (answer) => {
    const { objects, end } = objectsIn(answer.text);
    const said = end === 'whole' ? objects.map((one) => one.get('nextutterance')) : [];
    const utterance = said.find((one) => typeof one === 'string');
    if (typeof utterance !== 'string') return { text: '' };
    const { text } = keep({ ...answer, text: utterance, reasoning: '' });
    // Small models copy the dots of a form.
    return { text: saysSomething(text) ? text : '' };
  };
}

const SCHEMA = {
  type: 'object',
  properties: { next_utterance: { type: 'string' } },
  required: ['next_utterance'],
  additionalProperties: false,
} as const;
