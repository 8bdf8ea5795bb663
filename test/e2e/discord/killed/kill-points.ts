import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscordDouble } from '../../../doubles/discord/discord-double.ts';
import type { ModelDouble } from '../../../doubles/model/model-double.ts';

/** What the moments of a death are seen by. */
export type Watched = {
  readonly double: DiscordDouble;
  readonly mind: ModelDouble;
  /** 0 to 1. */
  readonly chance: () => number;
};

/** A moment in the bot's life at which it is killed. */
export type KillPoint = {
  readonly name: string;
  /** While it plays, or while it starts after another death. */
  readonly during: 'play' | 'start';
  /** What brings it about; else someone calls a character. */
  readonly provokedBy?: 'a command' | 'a newcomer';
  /** Resolves when that moment has come; rejects or never settles where it does not come. */
  reached(watched: Watched, signal: AbortSignal): Promise<unknown>;
};

const EXECUTE = /^\/webhooks\/(\d+)\/[^/]+$/;
const MESSAGES = /^\/channels\/\d+\/messages$/;
const MESSAGE = /^\/channels\/\d+\/messages\/\d+$/;
const CALLBACK = /^\/interactions\/\d+\/[^/]+\/callback$/;
const ORIGINAL = /\/messages\/@original$/;

// Longer than any round: what does not come within it comes never.
const timeoutMs = 20_000;

/** Every place between a word that was written and the last note of where its answer stands. */
export const killPoints: readonly KillPoint[] = [
  {
    name: 'a message was just written',
    during: 'play',
    async reached({ double, chance }) {
      await double.waitFor('message-created', ({ message }) => message.webhookId === null, { timeoutMs });
      await sleep(chance() * 20);
    },
  },
  {
    name: 'the model is asked',
    during: 'play',
    reached: ({ mind }) => mind.received(mind.prompts.length + 1),
  },
  {
    name: 'the model is writing',
    during: 'play',
    async reached({ mind, chance }) {
      await mind.received(mind.prompts.length + 1);
      await sleep(20 + chance() * 200);
    },
  },
  {
    name: 'it types',
    during: 'play',
    reached: ({ double }) => double.waitFor('typing-started', undefined, { timeoutMs }),
  },
  {
    name: 'a line was recorded and never reached Discord',
    during: 'play',
    reached: answerLost('POST', EXECUTE, { afterEffect: false }),
  },
  {
    name: 'a line stands and its answer was lost',
    during: 'play',
    reached: answerLost('POST', EXECUTE, { afterEffect: true }),
  },
  { name: 'a line was answered', during: 'play', reached: answered('POST', EXECUTE, 0) },
  { name: 'a line was answered a moment ago', during: 'play', reached: answered('POST', EXECUTE, 12) },
  {
    name: 'a notice or a card stands and its answer was lost',
    during: 'play',
    provokedBy: 'a newcomer',
    reached: answerLost('POST', MESSAGES, { afterEffect: true }),
  },
  {
    name: 'the card was changed',
    during: 'play',
    provokedBy: 'a newcomer',
    reached: answered('PATCH', MESSAGE, 3),
  },
  {
    name: 'a command was taken',
    during: 'play',
    provokedBy: 'a command',
    reached: answered('POST', CALLBACK, 10),
  },
  {
    name: 'a command was answered',
    during: 'play',
    provokedBy: 'a command',
    reached: answered('PATCH', ORIGINAL, 3),
  },
  { name: 'no moment in particular', during: 'play', reached: ({ chance }) => sleep(chance() * 2500) },
  { name: 'it asks for the gateway', during: 'start', reached: answered('GET', /^\/gateway\/bot$/, 20) },
  {
    name: 'it has just logged in',
    during: 'start',
    async reached({ double, chance }) {
      await double.waitFor('session-started', undefined, { timeoutMs });
      await sleep(chance() * 20);
    },
  },
  { name: 'it reads up on a channel', during: 'start', reached: answered('GET', MESSAGES, 0) },
  { name: 'it has read up on a channel', during: 'start', reached: answered('GET', MESSAGES, 40) },
];

function answered(method: string, path: RegExp, withinMs: number): KillPoint['reached'] {
  return async ({ double, chance }) => {
    const fits = isRequest(double, method, path);
    await double.waitFor('request-answered', ({ request }) => fits(request), { timeoutMs });
    await sleep(chance() * withinMs);
  };
}

/** The next such request never gets its answer, whether it takes effect or not. */
function answerLost(
  method: string,
  path: RegExp,
  { afterEffect }: { readonly afterEffect: boolean },
): KillPoint['reached'] {
  return async ({ double }, signal) => {
    const fits = isRequest(double, method, path);
    const fault = double.inject({ method, match: path, destroy: true, afterEffect });
    signal.addEventListener('abort', () => fault.remove(), { once: true });
    await double.waitFor('request-received', ({ request }) => fits(request), { timeoutMs });
  };
}

function isRequest(double: DiscordDouble, wanted: string, path: RegExp) {
  return ({ method, path: asked }: { readonly method: string; readonly path: string }): boolean => {
    const found = path.exec(asked);
    return method === wanted && found !== null && found[1] !== double.applicationId;
  };
}
