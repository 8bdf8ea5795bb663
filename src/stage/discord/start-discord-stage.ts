import { type Clock, steadyOf, wallClock } from '../../engine/clock.ts';
import type { Command } from '../../engine/command/command.ts';
import { readDamaged } from '../../engine/damaged-entries.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { render } from '../../words/render.ts';
import { type Message, say, type Text } from '../../words/text.ts';
import { isAgeRestricted, missingIn } from './access/channel-facts.ts';
import { createDiscordRest } from './access/discord-rest.ts';
import type { Flow } from './access/invalid-requests.ts';
import { inviteLink } from './access/permissions.ts';
import { createRefusedChannels } from './access/refused-channels.ts';
import { createStaffNames } from './access/staff-names.ts';
import { createWordRules } from './access/word-rules.ts';
import { createCardBoard } from './card/card-board.ts';
import { createNotices } from './card/notices.ts';
import { type DiscordSettings, defaultPace } from './discord-settings.ts';
import { createDiscordStage } from './discord-stage.ts';
import { createDocuments } from './documents.ts';
import { createBackground } from './gateway/background.ts';
import { openGateway, type ShardHealth } from './gateway/gateway.ts';
import { listenTo } from './gateway/gateway-events.ts';
import { createGoOnLater } from './gateway/go-on-later.ts';
import { createHearing } from './gateway/hearing.ts';
import { createHostedScenes } from './gateway/hosted-scenes.ts';
import { notingInARush } from './gateway/noting-in-a-rush.ts';
import { commandJson } from './interactions/command-json.ts';
import { createCommandRunner } from './interactions/command-runner.ts';
import { createFollowUps } from './interactions/follow-ups.ts';
import { createHeardWhispers, notingWhispers } from './interactions/heard-whispers.ts';
import { createInteractions } from './interactions/interactions.ts';
import { registerCommands } from './interactions/register-commands.ts';
import { createEchoBoard } from './lines/echo-board.ts';
import { snowflakeAt } from './lines/find-line.ts';
import { styleOf } from './lines/line-style.ts';
import { createOutboundQueue } from './lines/outbound-queue.ts';
import { picturesFrom } from './lines/pictures.ts';
import { createShowing } from './lines/showing.ts';
import { createTyping } from './lines/typing.ts';
import { createWebhooks } from './lines/webhooks.ts';
import { createLogChannel } from './log-channel.ts';
import { createHandOut } from './privacy/hand-out.ts';
import { keepPrivacy } from './privacy/keep-privacy.ts';
import { createReactions } from './reactions/reactions.ts';
import { createVotes } from './reactions/votes.ts';
import { sceneIdOf } from './scene-place.ts';

export type DiscordStageOptions = {
  readonly engine: Engine;
  readonly commands: readonly Command[];
  readonly store: SceneStore;
  readonly settings: DiscordSettings;
  readonly log: Log;
  /** Breaks the start off, and closes the stage once it stands. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Where a model runs, in words for the scene card: `on this machine`, `at api.example.com`. */
  readonly modelPlace?: (model: string) => Text | undefined;
};

export type DiscordStage = {
  readonly botName: string;
  /** Invites the bot with the least permissions that scenes, also in threads of their own, need. */
  readonly inviteLink: string;
  /** Whether it hears what is written without being mentioned (Message Content). */
  reads(): boolean;
  health(): {
    readonly shards: readonly ShardHealth[];
    readonly refusals: ReadonlyMap<number, number>;
    /** Whether requests go out freely. */
    readonly flow: Flow;
  };
  /** Resolves where Discord lets the bot in no more (its token was reset): it can only be ended then. */
  readonly lost: Promise<OperatorError>;
  /** Resolves when the scenes in storage went on and what was said meanwhile was heard. */
  readonly caughtUp: Promise<void>;
  /** Close the engine first: then nothing is being shown any more. */
  close(): Promise<void>;
};

/**
 * Logs the bot in, registers its commands, attaches itself to the engine, and lets stored scenes go on.
 * @throws OperatorError where the token is refused or Discord cannot be reached
 */
export async function startDiscordStage(options: DiscordStageOptions): Promise<DiscordStage> {
  const { engine, commands, settings, log } = options;
  const store = readDamaged(options.store, log);
  options.signal.throwIfAborted();
  const clock = options.clock ?? wallClock;
  const pace = { ...defaultPace, ...settings.pace };
  const background = createBackground(log, options.signal);
  const rest = createDiscordRest(settings, pace, log);
  const documents = notingInARush(createDocuments(store), { background, clock, everyMs: pace.noteMs });
  const echoes = createEchoBoard();
  const queue = createOutboundQueue(pace);
  const goOnLater = createGoOnLater({
    engine,
    documents,
    background,
    clock,
    log,
    waitMs: pace.goOnMs,
    mayPlay: (scene) => hosted.mayPlay(scene),
    wentOn: () => watch.catchUp(),
  });
  const hosted = createHostedScenes({
    engine,
    goOnLater,
    background,
    log,
    guild: (server) => gateway.client().guilds.cache.get(server),
    opened: (room) => background.run('begin', () => watch.begins(room, snowflakeAt(rest.now()))),
  });
  const refused = createRefusedChannels(pace.refusedMs, () => steadyOf(clock));

  const { owners } = settings;
  const whispers = createHeardWhispers(store);
  const followUps = createFollowUps({ now: clock.now, log });
  const runner = createCommandRunner({
    engine,
    commands,
    owners,
    refused,
    rest: rest.steady,
    followUps,
    awake: hosted.awake,
    signal: background.signal,
    log,
  });
  const notices = createNotices({
    rest: rest.once,
    queue,
    background,
    log,
    now: () => steadyOf(clock),
    howToBeHeard,
    localeOf: engine.locale,
    tell: runner.tell,
  });
  const answer = createInteractions({
    engine,
    owners,
    documents,
    runner,
    howToBeHeard,
    notices,
    whispers,
    store,
    now: clock.now,
    signal: background.signal,
    log,
  });
  const cards = createCardBoard({
    rest: rest.steady,
    documents,
    queue,
    background,
    clock,
    log,
    settleMs: pace.cardMs,
    info: (scene) => engine.info(scene),
    map: (scene) => engine.ledger.map(scene),
    facts({ record, model }) {
      const locale = engine.locale(record);
      const modelPlace = model === undefined ? undefined : options.modelPlace?.(model);
      return {
        reads: gateway.reads(),
        locale,
        botName: gateway.client().user.displayName,
        ...(modelPlace === undefined ? {} : { modelPlace: render(modelPlace, locale) }),
      };
    },
  });
  const watch = createHearing({
    engine,
    owners,
    store,
    documents,
    background,
    clock,
    log,
    pace,
    hosted,
    goOnLater,
    notices,
    cards,
    gateway: () => gateway,
    own: () => showing.own,
  });

  const wordRules = createWordRules({
    rest: rest.steady,
    guild: (server) => gateway.client().guilds.cache.get(server),
  });
  const reacted = createReactions({
    engine,
    documents,
    rest: rest.steady,
    owners,
    client: () => gateway.client(),
    log,
  });
  const votes = createVotes({ engine, documents, owners, client: () => gateway.client() });
  const attached = Promise.withResolvers<void>();
  // What is told of from now on waits until these scenes are in order.
  await hosted.load();
  watch.missed(hosted.channels());
  const gateway = await openGateway({
    settings,
    rest,
    pace,
    background,
    log,
    listen: (client) =>
      listenTo(client, {
        answer,
        watch,
        reacted,
        votes,
        typing: (channel, user) => engine.playerTyping(sceneIdOf(channel), user),
        echoes,
        hosted,
        refused,
        background,
        privacy: engine.privacy,
        wordRulesChanged: wordRules.changed,
        attached: attached.promise,
      }),
    onReadsLost: () => {
      for (const scene of hosted.scenes()) cards.changed(scene);
    },
  });
  const applicationId = gateway.client().application.id;
  const webhooks = createWebhooks({ rest: rest.once, applicationId, documents, log });
  const pictures = picturesFrom(() => gateway.client());
  const showing = createShowing({
    engine,
    store,
    background,
    notices,
    rest,
    webhooks,
    documents,
    echoes,
    pace,
    clock,
    log,
    libraryOf: engine.cards.library,
    queue,
    cards,
    pictures,
    localeOf: engine.locale,
    info: (scene) => engine.info(scene),
    style: (scene) => styleOf(engine, scene),
  });
  const stage = createDiscordStage({
    ...showing,
    followUps: {
      send: async (...told) => (await runner.tell(...told)) || followUps.send(...told),
    },
    cards,
    notices,
    log,
    handOut: createHandOut(rest.steady, queue),
    typing: createTyping(rest.once, { clock, background, everyMs: pace.typingEveryMs, log }),
    hosted,
    refused,
    background,
    goOnLater,
    missing: (channel) => missingIn(gateway.client(), channel),
    ageRestricted: (channel) => isAgeRestricted(gateway.client(), channel),
    language: ({ server = '' }) => gateway.client().guilds.cache.get(server)?.preferredLocale,
    wordRules: wordRules.of,
    staffNamed: createStaffNames({
      rest: rest.steady,
      guild: (server) => gateway.client().guilds.cache.get(server),
      moderatorRoles: async (server) => (await engine.settings.rulesOfServer(server)).moderatorRoles,
      signal: background.signal,
      log,
    }),
    logChannel: createLogChannel({
      rest: rest.steady,
      queue,
      guild: (server) => gateway.client().guilds.cache.get(server),
    }),
    isThere: (channel) => gateway.client().channels.cache.has(channel),
    begins: (channel, at) => watch.begins(channel, snowflakeAt(rest.now() - (clock.now() - at))),
  });
  engine.attach(notingWhispers(stage, whispers));
  attached.resolve();
  const caughtUp = Promise.withResolvers<void>();
  background.run('wake', async () => {
    try {
      await hosted.wake(gateway.client(), showing.takeUp);
      await watch.catchUp();
    } finally {
      caughtUp.resolve();
    }
  });
  background.run('privacy', async () => {
    // Once what was said meanwhile is heard: it is activity, too.
    await caughtUp.promise;
    await keepPrivacy(gateway.client(), { engine, clock, log, signal: background.signal });
  });

  function howToBeHeard(): Message | undefined {
    if (gateway.reads()) return undefined;
    const name = gateway.client().user.displayName;
    return say('I can only read what mentions me (@{{name}}); /say works, too.', { name });
  }

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= background.close().then(() => gateway.close());
    return closing;
  }
  options.signal.addEventListener('abort', () => void close(), { once: true });
  try {
    // They are the bot's, whoever serves a server: one process is enough.
    if (settings.part?.shards.includes(0) ?? true)
      await registerCommands(rest.steady, applicationId, commandJson(commands), log);
    options.signal.throwIfAborted();
  } catch (error) {
    await close();
    options.signal.throwIfAborted();
    throw new OperatorError(
      'Discord does not take the bot’s commands just now. Start it again in a while.',
      error,
    );
  }

  return {
    botName: gateway.client().user.displayName,
    inviteLink: inviteLink(applicationId),
    reads: () => gateway.reads(),
    health: () => ({ shards: gateway.health(), refusals: rest.refusals, flow: rest.flow() }),
    lost: gateway.lost,
    caughtUp: caughtUp.promise,
    close,
  };
}
