import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  type ClientOptions,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  Status,
} from 'discord.js';
import { OperatorError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import type { DiscordRest } from '../access/discord-rest.ts';
import { restOptions } from '../access/rest-options.ts';
import type { DiscordSettings, Pace } from '../discord-settings.ts';
import { type Background, nameOf } from './background.ts';
import { buildStrategy, endClient } from './end-client.ts';

export type ShardHealth = { readonly shard: number; readonly status: string; readonly pingMs: number };

export type Gateway = {
  client(): Client<true>;
  /** Whether Discord lets us read what is written without the bot being mentioned (Message Content). */
  reads(): boolean;
  /** The library's own `isReady` stays true through an outage; this does not. */
  health(): readonly ShardHealth[];
  /** Resolves where Discord lets the bot in no more until its operator does something; then that is said. */
  readonly lost: Promise<OperatorError>;
  close(): Promise<void>;
};

export type GatewayOptions = {
  readonly settings: DiscordSettings;
  /** Whose limits hold for what its clients ask. */
  readonly rest: Pick<DiscordRest, 'limitOf' | 'watch'>;
  readonly pace: Pace;
  readonly background: Background;
  readonly log: Log;
  /** Adds the listeners to each client that is made, before it logs in. */
  readonly listen: (client: Client) => void;
  /** Message Content was taken from the bot while it ran; it goes on without. */
  readonly onReadsLost: () => void;
};

const TOKEN_REFUSED =
  'Discord refuses DISCORD_TOKEN. Make a new one: Developer Portal > your application > Bot > Reset Token.';

const MESSAGE_CONTENT_REFUSED =
  'Discord does not grant this bot the Message Content intent, so it goes on without: players mention the bot, use /say, ' +
  'or answer a line from its menu. To change that: Developer Portal > your application > Bot > Message Content Intent.';

/**
 * Logs in, with the Message Content intent where Discord grants it.
 * @throws OperatorError where the token is refused or Discord cannot be reached
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { settings, background, log } = options;
  const lost = Promise.withResolvers<OperatorError>();
  let reads = true;
  let client = await connectWith(reads).catch((error: unknown) => {
    if (!(error instanceof IntentRefused)) throw error;
    log.warn('message-content-refused', { do: MESSAGE_CONTENT_REFUSED });
    reads = false;
    return connectWith(reads);
  });

  async function connectWith(withContent: boolean): Promise<Client<true>> {
    background.signal.throwIfAborted();
    const made = createClient(options, withContent);
    const refused = new AbortController();
    let left = false;
    // Only told of where the library does not try again by itself.
    made.on(Events.ShardDisconnect, ({ code }) => {
      if (code === GatewayCloseCodes.DisallowedIntents) {
        refused.abort(new IntentRefused());
        if (left || !made.isReady()) return;
        left = true;
        background.run('go on without message content', () => goOnWithout(made));
      } else if (made.isReady()) {
        const say = code === GatewayCloseCodes.AuthenticationFailed ? TOKEN_REFUSED : closedForGood(code);
        log.error('gateway-lost', { code, do: say });
        lost.resolve(new OperatorError(say));
      }
    });
    const ready = once(made, Events.ClientReady, {
      signal: AbortSignal.any([refused.signal, background.signal]),
    });
    // Whichever fails first is told below.
    ready.catch(() => undefined);
    const login = made.login(settings.token);
    try {
      await Promise.race([login.then(() => ready), ready]);
    } catch (error) {
      await endClient(made);
      // One that was destroyed before it had begun to connect would connect all the same, and stay.
      login.then(() => endClient(made)).catch(() => undefined);
      throw loginError(refused.signal.aborted ? refused.signal.reason : error);
    }
    if (!made.isReady())
      throw new OperatorError('Discord let the bot in and at once out again. Start it anew.');
    return made;
  }

  async function goOnWithout(old: Client): Promise<void> {
    log.warn('message-content-refused', { do: MESSAGE_CONTENT_REFUSED });
    await endClient(old);
    reads = false;
    for (let wait = options.pace.goOnMs; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        client = await connectWith(false);
        break;
      } catch (error) {
        if (background.signal.aborted) throw error;
        log.error('login-failed', { error: nameOf(error) });
        if (error instanceof OperatorError && isTokenRefused(error.cause)) return lost.resolve(error);
        await sleep(wait, undefined, { signal: background.signal });
      }
    }
    options.onReadsLost();
  }

  return {
    client: () => client,
    reads: () => reads,
    health: () =>
      client.ws.shards.map(({ id, status, ping }) => ({ shard: id, status: Status[status], pingMs: ping })),
    lost: lost.promise,
    close: () => endClient(client),
  };
}

class IntentRefused extends Error {}

const LONGEST_WAIT_MS = 5 * 60_000;

function createClient(
  { settings, rest, pace, background, listen, log }: GatewayOptions,
  withContent: boolean,
): Client {
  const {
    AutoModerationConfiguration,
    Guilds,
    GuildMessageReactions,
    GuildMessages,
    GuildMessageTyping,
    MessageContent,
  } = GatewayIntentBits;
  const always = [
    Guilds,
    GuildMessages,
    GuildMessageReactions,
    GuildMessageTyping,
    AutoModerationConfiguration,
  ];
  const connecting = shardsOf(settings, background.signal);
  const client = new Client({
    ...settings.client,
    intents: withContent ? [...always, MessageContent] : always,
    // Threads and messages that were there before us are told of all the same.
    partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [] },
    enforceNonce: true,
    ...connecting,
    ws: { ...settings.client?.ws, ...connecting.ws, buildStrategy },
    // What bystanders write is not kept, not even in memory.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
    }),
    rest: { ...restOptions(settings, rest.limitOf), timeout: pace.timeoutMs, retries: 1 },
  });
  client.on(Events.Error, (error) => log.error('client-failed', { error: nameOf(error) }));
  client.on(Events.ShardError, (error, shard) => log.warn('shard-failed', { shard, error: nameOf(error) }));
  client.on(Events.ShardReconnecting, (shard) => log.info('shard-reconnecting', { shard }));
  client.on(Events.ShardResume, (shard, replayed) => log.info('shard-resumed', { shard, replayed }));
  rest.watch(client.rest);
  listen(client);
  return client;
}

/** @param closing a turn to identify that comes after it is of no use: the shard would live on */
function shardsOf(
  { part, client }: DiscordSettings,
  closing: AbortSignal,
): Pick<ClientOptions, 'shards' | 'shardCount' | 'ws'> {
  if (!part) return { shards: 'auto' };
  const { shards, shardCount, identify } = part;
  return {
    shards: [...shards],
    shardCount,
    ws: {
      async buildIdentifyThrottler(manager) {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        return {
          waitForIdentify: (shard, signal) =>
            identify(shard, limit.max_concurrency, AbortSignal.any([signal, closing])),
        };
      },
      ...client?.ws,
    },
  };
}

function loginError(error: unknown): unknown {
  if (error instanceof IntentRefused) return error;
  if (!(error instanceof Error)) return error;
  if (isTokenRefused(error)) return new OperatorError(TOKEN_REFUSED, error);
  if (error.message === 'Used disallowed intents') return new IntentRefused();
  if (error.name === 'AbortError') return error;
  return new OperatorError(
    'Discord cannot be reached. Check the network, and DISCORD_API if it is set.',
    error,
  );
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'TokenInvalid') || ('status' in error && error.status === 401);
}

function closedForGood(code: number): string {
  return `Discord closed the connection for good (${code}). Start the bot anew; if that does not help, update it.`;
}
