import type { Ask } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import { type ActorSheet, seenText } from './actor.ts';
import { chatWindow } from './chat-window.ts';
import { type Dice, MOST_TRIES } from './dice.ts';
import type { Message } from './message.ts';
import { keepPlain } from './plain-text.ts';
import type { Part } from './play-dialogue.ts';

/** Tokens of one line of a simulated user. */
const LONGEST_LINE = 1024;

/**
 * A simulated user who chats: it sees what anyone sees of the tested model’s turns, and its own lines. Where
 * it brings nothing forth, it waits; that is counted, and no fault of the tested model.
 */
export function createChatUser(
  lab: LabModel,
  { name, user }: ActorSheet,
  system: string,
  { ask, dice, priority }: { readonly ask: Ask; readonly dice: Dice; readonly priority: number },
): Part {
  const maxTokens = Math.min(lab.model.maxTokens, LONGEST_LINE);
  const keep = keepPlain({ speaker: { name: user.name }, others: [name] }, false);
  return async (said, turn, signal) => {
    const messages = chatWindow(system, said.map(asChat), lab.model, maxTokens);
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const { temperature } = lab.model;
      const request = { messages, maxTokens, temperature, seed: dice.seed('user', turn, attempt) };
      const { text } = await ask(lab, request, { take: dice.take(attempt), priority, keep }, signal);
      if (saysSomething(text))
        return { by: 'user', text, segments: [{ kind: 'speech', text }], given: false };
    }
    return waiting(name);
  };

  function asChat(message: Message) {
    if (message.by === 'user') return { role: 'assistant' as const, content: message.text };
    return { role: 'user' as const, content: seenText(message, name) };
  }
}

/** There is a word in it; dots alone move no scene on. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Stands for a line that a simulated user could not write; no segments tell that it is none. */
export function waiting(name: string): Message {
  return { by: 'user', text: `*waits for ${name} to go on*`, segments: [], given: false };
}
