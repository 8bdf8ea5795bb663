import type { Message } from 'discord.js';
import { type Clock, steadyOf } from '../../../engine/clock.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PROXY_BOTS } from '../access/proxy-bots.ts';

const PROXY_APPLICATIONS: ReadonlySet<string> = new Set(PROXY_BOTS.map(({ id }) => id));

/** A proxied message and the one it was made of are no further apart. */
const APART_MS = 5000;
/** So long what members wrote is kept in mind, to know whose persona speaks. */
const KEPT_MS = 15_000;

/** Whether a proxy posted this for a member; what it answers to commands of its own is not that. */
export function isProxied({
  webhookId,
  applicationId,
  interactionMetadata,
}: Pick<Message, 'webhookId' | 'applicationId' | 'interactionMetadata'>): boolean {
  if (webhookId === null || applicationId === null || webhookId === applicationId) return false;
  return interactionMetadata === null && PROXY_APPLICATIONS.has(applicationId);
}

export type Proxies = {
  /** A message was just told of: before anything that takes time. */
  came(message: Message): void;
  /** These messages are gone. */
  went(messages: readonly string[]): void;
  /**
   * Resolves when it is clear enough whether a member's message stays; false where it was taken away
   * meanwhile. At once where no proxies are allowed.
   */
  stays(message: Message): Promise<boolean>;
  /** Whether this is a member's persona, in a server that lets it be heard. */
  speaks(message: Message): Promise<boolean>;
  /** Who wrote what a proxied message was made of, and what that replied to, where we saw it. Each is told once. */
  originOf(message: Message): Origin | undefined;
};

export type Origin = { readonly author: string; readonly replyTo?: string };

export type ProxyOptions = {
  readonly servers: Pick<Engine['servers'], 'proxies'>;
  readonly clock: Clock;
  /** How long a member's message may take to be taken away; milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
};

/** What a member wrote; its text only in servers where proxies are allowed. */
type Original = {
  readonly id: string;
  readonly channel: string;
  readonly at: number;
  gone: boolean;
  /** Ends the wait for it, when it is gone. */
  waits?: AbortController;
  content?: string;
  origin?: Origin;
};

type Posted = {
  readonly id: string;
  readonly channel: string;
  readonly at: number;
  readonly content: string;
};

/** Tells what members say themselves from what a proxy takes away and posts under a persona's name. */
export function createProxies({ servers, clock, waitMs, signal }: ProxyOptions): Proxies {
  const originals = new Map<string, Original>();
  const posted = new Map<string, Posted>();

  async function allowed({ guildId }: Message): Promise<boolean> {
    return guildId !== null && (await servers.proxies(guildId));
  }

  /** They stand in the order in which they came: once one is to be kept, so are all behind it. */
  function forgetOld(): void {
    for (const kept of [originals, posted]) {
      for (const [id, { at }] of kept) {
        if (steadyOf(clock) - at <= KEPT_MS) break;
        kept.delete(id);
      }
    }
  }

  /** A persona said this, or part of it: it will be taken away, even if that takes longer. */
  function wasProxied(original: Original): boolean {
    return [...posted.values()].some((one) => isMadeOf(one, original));
  }

  async function wait(ms: number, original: Original): Promise<void> {
    original.waits = new AbortController();
    // It rejects when the message is gone, too.
    await clock.sleep(ms, AbortSignal.any([original.waits.signal, signal])).catch(() => undefined);
    signal.throwIfAborted();
  }

  return {
    came(message) {
      forgetOld();
      const { id, channelId: channel, content } = message;
      if (isProxied(message)) posted.set(id, { id, channel, at: steadyOf(clock), content });
      else originals.set(id, { id, channel, at: steadyOf(clock), gone: false });
    },
    went(messages) {
      for (const id of messages) {
        const original = originals.get(id);
        if (!original) continue;
        original.gone = true;
        original.waits?.abort();
      }
    },
    async stays(message) {
      const original = originals.get(message.id);
      if (!original || message.author.bot) return true;
      if (!(await allowed(message))) {
        originals.delete(message.id);
        return true;
      }
      const replyTo = message.reference?.messageId;
      original.content = message.content;
      original.origin = { author: message.author.id, ...(replyTo === undefined ? {} : { replyTo }) };
      for (;;) {
        const patience = wasProxied(original) ? Math.max(waitMs, APART_MS) : waitMs;
        const left = original.at + patience - steadyOf(clock);
        if (original.gone || left <= 0) return !original.gone;
        await wait(left, original);
      }
    },
    speaks: async (message) => isProxied(message) && (await allowed(message)),
    originOf({ id }) {
      const said = posted.get(id);
      const fitting = [...originals.values()].filter((original) => said && isMadeOf(said, original));
      const found = fitting.findLast(({ gone }) => gone) ?? fitting.at(-1);
      if (!found) return undefined;
      originals.delete(found.id);
      return found.origin;
    },
  };
}

function isMadeOf(said: Posted, original: Original): boolean {
  const text = said.content.trim();
  if (said.channel !== original.channel || text === '') return false;
  const apart = said.at - original.at;
  return apart >= 0 && apart <= APART_MS && (original.content ?? '').includes(text);
}
