import { ATTEMPTS } from '../../../performer/perform.ts';
import type { Ask } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import { type ActorSheet, silenceOf } from './actor.ts';
import { chatWindow } from './chat-window.ts';
import type { Dice } from './dice.ts';
import type { Message } from './message.ts';
import { keepPlain } from './plain-text.ts';
import type { Part } from './play-dialogue.ts';

/**
 * The tested model asked as any chat model is: a system prompt, and the dialogue as messages. Two tries, as
 * PingPong has it; then silence.
 */
export function createPlainActor(
  lab: LabModel,
  sheet: ActorSheet,
  system: string,
  { ask, dice, priority }: { readonly ask: Ask; readonly dice: Dice; readonly priority: number },
): Part {
  const { maxTokens, temperature } = lab.model;
  const keep = keepPlain({ speaker: { name: sheet.name }, others: [sheet.user.name] }, true);
  return async (said, turn, signal) => {
    const messages = chatWindow(system, said.map(asChat), lab.model, maxTokens);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const request = { messages, maxTokens, temperature, seed: dice.seed('actor', turn, attempt) };
      const { text } = await ask(lab, request, { take: dice.take(attempt), priority, keep }, signal);
      if (text !== '') return { by: 'actor', text, segments: [{ kind: 'speech', text }], given: false };
    }
    return { by: 'actor', text: '', segments: [], given: false };
  };

  function asChat({ by, text }: Message) {
    if (by === 'user') return { role: 'user' as const, content: text };
    return { role: 'assistant' as const, content: text === '' ? silenceOf(sheet.name) : text };
  }
}
