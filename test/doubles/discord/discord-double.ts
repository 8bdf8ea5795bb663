import { randomBytes } from 'node:crypto';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { createGateway, type GatewayControls } from './gateway/gateway.ts';
import { type CommandUse, createCommandUse } from './humans/command-use.ts';
import { type ComponentUse, createComponentUse } from './humans/component-use.ts';
import { createPeople, type People } from './humans/people.ts';
import type { Interaction } from './interactions/interaction.ts';
import { createJournal } from './journal.ts';
import type { Platform } from './platform.ts';
import { createRecords, type Records } from './records.ts';
import { allRoutes } from './routes/all-routes.ts';
import { createSetup, type Setup } from './setup.ts';
import { createFaults, type Faults } from './wire/faults.ts';
import { createHttpServer } from './wire/http-server.ts';
import { createRateLimits, type RateLimitOptions } from './wire/rate-limits.ts';
import type { ReceivedRequest } from './wire/received-request.ts';
import { createRouter } from './wire/router.ts';
import { createWorld } from './world/world.ts';

export type DoubleOptions = {
  /** A free port unless told otherwise. */
  readonly port?: number;
  readonly botName?: string;
  /** Privileged intents granted in the "developer portal", as bits. Message Content alone, unless told otherwise. */
  readonly allowedPrivileged?: number;
  /** 41,250 as on Discord; a short one lets a test see a client give up a dead connection. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards GET /gateway/bot recommends. */
  readonly shards?: number;
  /** IDENTIFYs per five seconds. The client keeps to it per shard id modulo this number. */
  readonly maxConcurrency?: number;
  /** How long an interaction waits for its first answer: 3,000 as on Discord. */
  readonly acknowledgeMs?: number;
  /** How long its token lasts: 15 minutes as on Discord. */
  readonly interactionTokenMs?: number;
  /** The largest file taken, 10 MiB as on Discord. */
  readonly attachmentBytes?: number;
  /** How far its clock is ahead of this machine's; negative: behind. */
  readonly clockAheadMs?: number;
  /** `false` for none. With a clock that runs 50 times faster unless told otherwise. */
  readonly rateLimits?: RateLimitOptions | false;
};

/** Discord on 127.0.0.1: what the bot connects to, the people who use it, and what it did. */
export type DiscordDouble = Setup &
  People &
  CommandUse &
  ComponentUse &
  Records & {
    /** discord.js's `rest.api`: without a version. Known once started, the same after a restart. */
    readonly restUrl: string;
    readonly cdnUrl: string;
    readonly token: string;
    readonly applicationId: string;
    readonly botUserId: string;
    readonly gateway: GatewayControls;
    readonly inject: Faults['inject'];
    /** Takes the platform down: connections are cut, later ones refused. The world stays and goes on. */
    stop(): Promise<void>;
    /** Brings it up again on the port it had. */
    start(): Promise<void>;
    close(): Promise<void>;
  };

/** Starts a Discord of one's own on 127.0.0.1. Close the bot's client before the double. */
export async function startDiscordDouble(options: DoubleOptions = {}): Promise<DiscordDouble> {
  const world = createWorld(options.botName ?? 'dramatis', options.clockAheadMs);
  const requests: ReceivedRequest[] = [];
  const unexpected: ReceivedRequest[] = [];
  let port = options.port ?? 0;
  const gateway = createGateway(() => platform);
  const platform: Platform = {
    settings: {
      token: createToken(world.bot.id),
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
      shards: options.shards ?? 1,
      maxConcurrency: options.maxConcurrency ?? 16,
      acknowledgeMs: options.acknowledgeMs ?? 3000,
      interactionTokenMs: options.interactionTokenMs ?? 900_000,
      attachmentBytes: options.attachmentBytes ?? 10 * 1024 * 1024,
      clockAheadMs: options.clockAheadMs ?? 0,
      allowedPrivileged: options.allowedPrivileged ?? GatewayIntentBits.MessageContent,
    },
    world,
    journal: createJournal(),
    dispatch: gateway.dispatch,
    interactions: new Map<string, Interaction>(),
    pings: [],
    origin: () => `http://127.0.0.1:${port}`,
  };
  const faults = createFaults();
  const server = createHttpServer({
    platform,
    gateway,
    router: createRouter(allRoutes(platform, gateway.identifies)),
    limits: options.rateLimits === false ? null : createRateLimits(options.rateLimits ?? {}),
    faults,
    requests,
    unexpected,
  });
  port = await server.listen(port);

  return {
    ...createSetup(platform),
    ...createPeople(platform),
    ...createCommandUse(platform),
    ...createComponentUse(platform),
    ...createRecords(platform, requests, unexpected),
    restUrl: `${platform.origin()}/api`,
    cdnUrl: `${platform.origin()}/cdn`,
    token: platform.settings.token,
    applicationId: world.bot.id,
    botUserId: world.bot.id,
    gateway: gateway.controls,
    inject: faults.inject,
    stop: () => server.close(),
    async start() {
      await server.listen(port);
    },
    async close() {
      for (const interaction of platform.interactions.values()) {
        if (interaction.timer) clearTimeout(interaction.timer);
      }
      await server.close();
    },
  };
}

/** A token in Discord's shape: three parts, the first of which is the bot's id. */
function createToken(botId: string): string {
  const [id, made, key] = [Buffer.from(botId), randomBytes(4), randomBytes(28)].map((part) =>
    part.toString('base64url'),
  );
  return `${id}.${made}.${key}`;
}
