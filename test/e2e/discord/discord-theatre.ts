import { commands } from '../../../commands/index.ts';
import type { Character } from '../../../src/cast/character.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import type { Command } from '../../../src/engine/command/command.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Engine } from '../../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../../src/engine/engine-options.ts';
import type { LogFacts } from '../../../src/log.ts';
import type { Pace } from '../../../src/stage/discord/discord-settings.ts';
import { type DiscordStage, startDiscordStage } from '../../../src/stage/discord/start-discord-stage.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import {
  type DiscordDouble,
  type DoubleOptions,
  startDiscordDouble,
} from '../../doubles/discord/discord-double.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import type { Channel, Server, User } from '../../doubles/discord/world/entities.ts';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';

/** The smallest picture there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** No test waits for the pace that suits people. */
const quick: Partial<Pace> = {
  spacingMs: 0,
  perMinute: 100_000,
  timeoutMs: 2000,
  echoMs: 100,
  resendMs: 1,
  cardMs: 1,
  goOnMs: 5,
  noteMs: 1,
};

export type TheatreOptions = {
  readonly double?: DoubleOptions;
  readonly engine?: Partial<EngineOptions>;
  readonly pace?: Partial<Pace>;
  /** How long the library waits for servers that are out of order when it starts. */
  readonly waitGuildMs?: number;
  /** Who runs the bot. */
  readonly operators?: readonly ('alice' | 'bob')[];
  /** The bot's own unless told otherwise. */
  readonly commands?: readonly Command[];
  /** Who can be summoned; three people of a harbour unless told otherwise. */
  readonly library?: Library;
  /** The server's own language; left out, English. */
  readonly locale?: string;
  readonly modelPlace?: (model: string) => string;
  /** The machine's time, for engine and stage alike. */
  readonly clock?: Clock;
  /** Runs before the bot logs in. */
  readonly before?: (theatre: Omit<Theatre, 'play' | 'engine' | 'stage'>) => void;
};

/** A server with a channel, a manager and a visitor, on a Discord of our own; and the real bot in it. */
export type Theatre = {
  readonly double: DiscordDouble;
  readonly server: Server;
  readonly channel: Channel;
  /** May manage the server. */
  readonly alice: User;
  /** May not. */
  readonly bob: User;
  readonly store: SceneStore;
  readonly logged: readonly { event: string; facts: LogFacts }[];
  engine(): Engine;
  stage(): DiscordStage;
  /** `name: text` of what webhooks said in a channel. */
  lines(channel?: Ref): string[];
  card(channel?: Ref): SeenMessage;
  /** Waits until the card holds this text. */
  cardSays(text: string, channel?: Ref): Promise<void>;
  /** Starts a scene with a slash command and waits for its answer. */
  start(options?: Record<string, string | boolean>, channel?: Ref): Promise<string>;
  /** Waits until a line of a webhook stands that fits; `since` as the double's `position()` tells it. */
  line(text: string | RegExp, channel?: Ref, since?: number): Promise<SeenMessage>;
  /** Waits until everything that was said has been heard, answered and shown. */
  calm(channel?: Ref): Promise<void>;
  /** Stops the bot as if its process ended, and starts it anew over the same store. */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
};

export async function openTheatre(options: TheatreOptions = {}): Promise<Theatre> {
  const double = await startDiscordDouble(options.double);
  const server = double.addServer({
    name: 'The Harbour',
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  const channel = double.addChannel(server, { name: 'quay' });
  const alice = double.addUser({ username: 'alice', globalName: 'Alice' });
  const bob = double.addUser({ username: 'bob', globalName: 'Bob' });
  const managers = double.addRole(server, { name: 'managers', permissions: ['ManageGuild'] });
  double.addMember(server, alice, { roles: [managers] });
  double.addMember(server, bob);
  const store = await openStore('memory:');
  const logged: { event: string; facts: LogFacts }[] = [];
  const record = (event: string, facts: LogFacts = {}) => void logged.push({ event, facts });
  const log = { debug: record, info: record, warn: record, error: record };

  const owners = (options.operators ?? []).map((name) => ({ alice, bob })[name].id);

  async function play() {
    const library = options.library ?? smallLibrary(harbourCast());
    const engine = createEngine({
      library,
      listedServers: '*',
      owners,
      log,
      ...(options.clock && { clock: options.clock }),
      ...options.engine,
      // Nobody waits for more lines here; how they are gathered has tests of its own.
      limits: { gatherMs: 0, ...options.engine?.limits },
      store,
    });
    const stage = await startDiscordStage({
      engine,
      commands: options.commands ?? commands,
      store,
      settings: {
        token: double.token,
        api: double.restUrl,
        cdn: double.cdnUrl,
        owners,
        pace: { ...quick, ...options.pace },
        // The library's pause of five seconds between two logins is not what is tested.
        client: {
          ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
          ...(options.waitGuildMs === undefined ? {} : { waitGuildTimeout: options.waitGuildMs }),
        },
      },
      log,
      signal: new AbortController().signal,
      ...(options.clock && { clock: options.clock }),
      ...(options.modelPlace ? { modelPlace: options.modelPlace } : {}),
    });
    await stage.caughtUp;
    return { engine, stage };
  }

  let playing: Awaited<ReturnType<typeof play>> | undefined;
  function bot() {
    if (!playing) throw new Error('The bot is not running.');
    return playing;
  }

  const theatre: Theatre = {
    double,
    server,
    channel,
    alice,
    bob,
    store,
    logged,
    engine: () => bot().engine,
    stage: () => bot().stage,
    lines: (place = channel) =>
      double
        .messages(place)
        .filter(({ webhookId }) => webhookId !== null)
        .map(({ author, content }) => `${author}: ${content}`),
    card(place = channel) {
      const found = double
        .messages(place)
        .find(({ components }) => JSON.stringify(components).includes('dramatis:join'));
      if (!found) throw new Error('There is no scene card.');
      return found;
    },
    async start(values = {}, place = channel) {
      const interaction = double.slash(place, alice, 'scene start', values);
      const { content } = await double.replied(interaction);
      return content;
    },
    async cardSays(text, place = channel) {
      const since = double.position();
      if (theatre.card(place).text.includes(text)) return;
      await double.waitFor('message-edited', ({ message }) => message.text.includes(text), { since });
    },
    line: (text, place = channel, since = 0) =>
      double.nextMessage(
        place,
        ({ webhookId, content }) =>
          webhookId !== null && (typeof text === 'string' ? content.includes(text) : text.test(content)),
        { since },
      ),
    async calm(place = channel) {
      await bot().engine.idle(`discord:${typeof place === 'string' ? place : place.id}`);
    },
    async restart(meanwhile) {
      const old = bot();
      playing = undefined;
      await old.stage.close();
      await old.engine.close();
      await meanwhile?.();
      playing = await play();
    },
    async close() {
      await playing?.engine.close();
      await playing?.stage.close();
      await double.close();
      await store.close();
    },
  };
  options.before?.(theatre);
  playing = await play();
  return theatre;
}

/** Three people of a harbour, two of them with a picture. */
export function harbourCast(): Character[] {
  const avatar = { type: 'bytes', mime: 'image/png', bytes: new Uint8Array(PIXEL) } as const;
  return [
    smallCharacter('wenna', 'Old Wenna', { avatar }),
    smallCharacter('tom', 'Tom Reddick', { avatar }),
    smallCharacter('ines', 'Ines'),
  ];
}
