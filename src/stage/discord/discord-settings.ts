import type { ClientOptions } from 'discord.js';

/** What the Discord stage is told from outside. */
export type DiscordSettings = {
  readonly token: string;
  /** Without a version: `https://discord.com/api`. */
  readonly api?: string;
  readonly cdn?: string;
  /** User ids of the bot's operators. */
  readonly owners: readonly string[];
  readonly pace?: Partial<Pace>;
  /** The part of Discord's servers that this process is told of; absent: all of them. */
  readonly part?: DiscordPart;
  /** Told of each answer to a request, for whoever counts them. */
  readonly answered?: (answer: { readonly status: number; readonly invalid: boolean }) => void;
  /** Handed to the library's client as they are. */
  readonly client?: Pick<ClientOptions, 'ws' | 'presence' | 'waitGuildTimeout'>;
};

/** Servers are split by Discord between shards, and those between processes. */
export type DiscordPart = {
  readonly shards: readonly number[];
  /** Over all processes. */
  readonly shardCount: number;
  /** Processes among which what the bot may ask in a second is divided. */
  readonly processes: number;
  /** Resolves when a shard may begin a session. */
  identify(shard: number, concurrency: number, signal: AbortSignal): Promise<void>;
  /** Whether this process still serves them: else nothing leaves it for Discord any more. */
  mayAct(): boolean;
};

/** How fast the stage acts; milliseconds unless said otherwise. */
export type Pace = {
  /** Between two messages of the bot in one channel. */
  readonly spacingMs: number;
  /** Messages of the bot per channel and minute. Discord allows about 30, its own limit is not told. */
  readonly perMinute: number;
  /** Discord shows typing for 10 s. */
  readonly typingEveryMs: number;
  /** How long an answer of Discord is waited for. */
  readonly timeoutMs: number;
  /** How long a line whose fate is unclear may take to show up in the channel. */
  readonly echoMs: number;
  /** Before a line is sent again that never stood in the channel; doubled each time. */
  readonly resendMs: number;
  /** Changes of a scene within this time are one change of its card, which changes every third such time at most. */
  readonly cardMs: number;
  /** Between two messages that a rewind takes away. */
  readonly eraseMs: number;
  /** Before what failed because Discord was out of order is tried again; doubled each time. */
  readonly goOnMs: number;
  /** How long a member's message may take to be posted anew by a proxy, where such are allowed, before it is heard. */
  readonly proxyWaitMs: number;
  /** In a rush, what was heard is noted once in this time, for all channels together. */
  readonly noteMs: number;
  /** A channel that refused a post is left alone for so long. */
  readonly refusedMs: number;
  /** Invalid requests in ten minutes, over all processes, after which nothing is asked; at 10,000 Discord shuts the bot out. */
  readonly refusedMost: number;
  /** How long nothing is asked then. */
  readonly refusedStopMs: number;
  /** The longest pause after a refusal before it comes to that. */
  readonly refusedPauseMs: number;
};

export const defaultPace: Pace = {
  spacingMs: 1500,
  perMinute: 25,
  typingEveryMs: 8000,
  timeoutMs: 20_000,
  echoMs: 10_000,
  resendMs: 2000,
  cardMs: 1500,
  eraseMs: 1000,
  goOnMs: 30_000,
  proxyWaitMs: 2000,
  noteMs: 1000,
  refusedMs: 60_000,
  refusedMost: 1000,
  refusedStopMs: 150_000,
  refusedPauseMs: 2000,
};
