import { PlayerError } from '../errors.ts';
import { silentLog } from '../log.ts';
import { replayForStage } from '../scene/stage-replay.ts';
import { createAccess } from './access/access.ts';
import { refusedHere } from './access/refused-here.ts';
import { createAudit } from './audit/audit.ts';
import { createBackstage } from './backstage.ts';
import { createBenchDesk } from './bench/bench-desk.ts';
import { createBudgets } from './budget/budgets.ts';
import { createServerModels } from './budget/server-models.ts';
import { createCards } from './cards/cards.ts';
import { createLibraries } from './cards/libraries.ts';
import { createChoices } from './choices/choices.ts';
import { steadyOf, wallClock } from './clock.ts';
import { createContinuity } from './continuity/continuity.ts';
import { readDamaged } from './damaged-entries.ts';
import { callNext, dismiss, narrate, retry, summon } from './direct.ts';
import { createDirection } from './direction/direction.ts';
import type { DraftReport, Engine } from './engine-api.ts';
import type { EngineOptions } from './engine-options.ts';
import { type EngineRoom, kindOf, localeOf, saveRecord, showOrPause } from './engine-room.ts';
import { finishTurns, restOf } from './finish-turns.ts';
import { createGame } from './game/game.ts';
import { noteTyping, stopGathering } from './gather.ts';
import { amendLine } from './guard/amend-line.ts';
import { createGuard } from './guard/guard.ts';
import { createGuardedInput } from './guard/guarded-input.ts';
import { mayPlay } from './guard/may-play.ts';
import { hearLine, hearWhisper } from './hear.ts';
import { joinScene, leaveScene } from './join-scene.ts';
import type { JudgeReport } from './judging/judge-report.ts';
import { createLedger } from './ledger/ledger.ts';
import { emptyLiveScene, type LiveScene } from './live-scene.ts';
import { createMailbox } from './mailbox.ts';
import type { Models } from './models.ts';
import { hearNews } from './news.ts';
import { createPast } from './past/past.ts';
import { openThoughts, peek, plansOf, setPeek } from './peek.ts';
import { placeIn } from './place-in.ts';
import { createPrinciples } from './principles/principles.ts';
import { OPTED_OUT } from './privacy/opted-out.ts';
import { createPrivacy } from './privacy/privacy.ts';
import { createRegistry } from './registry.ts';
import { deleteLine } from './rewrite.ts';
import { infoOf } from './scene-info.ts';
import type { SceneId } from './scene-record.ts';
import { goOn, halt, haltServer, takeUp } from './scene-status.ts';
import { createServers } from './servers.ts';
import { levelsOfScene } from './settings/levels-of-place.ts';
import { createSettings, rulesOf } from './settings/settings.ts';
import { createStoredSettings } from './settings/stored-settings.ts';
import type { Stage } from './stage.ts';
import { openScene, recordFor } from './start-scene.ts';
import { serves } from './territory.ts';
import { createTraces } from './traces/traces.ts';
import { advance, cancel, rest } from './turn/turn-loop.ts';
import { whyOf } from './why-of.ts';
import type { Within } from './within.ts';

const STARTING_ANEW = 'I am just being started anew. Try that again in a minute.';

/**
 * The engine: one mailbox per scene that hears, decides, performs, records and shows. It owns no
 * surface, store or model; what it is given it uses, and leaves open when it closes.
 */
export function createEngine(given: EngineOptions): Engine {
  const store = readDamaged(given.store, given.log ?? silentLog);
  const options: EngineOptions = { ...given, store };
  const closing = new AbortController();
  let finishing = false;
  const stages = new Map<Stage['name'], Stage>();
  const listeners = new Set<(draft: DraftReport) => void>();
  const judgedListeners = new Set<(report: JudgeReport) => void>();
  const forgetters = new Set<(log: string) => void>();
  let models: Models = options.models ?? {};
  const defaults = options.limits ?? {};

  const room: EngineRoom = {
    options,
    rulesFor: (record, cardId) => rulesOf(stored, record, defaults, cardId),
    modelsFor: (record, cardId) => serverModels.modelsFor(record, cardId),
    libraryOf: ({ server }) => libraries.known(server),
    async readAround(record) {
      await Promise.all([
        stored.load(levelsOfScene(record)),
        serverModels.load(record.server),
        libraries.of(record.server),
      ]);
    },
    clock: options.clock ?? wallClock,
    log: options.log ?? silentLog,
    counting: createMailbox(),
    get finishing() {
      return finishing;
    },
    closing: closing.signal,
    get settings() {
      return settings;
    },
    get access() {
      return access;
    },
    get audit() {
      return audit;
    },
    get budgets() {
      return budgets;
    },
    get cards() {
      return cards;
    },
    get choices() {
      return choices;
    },
    get guard() {
      return guard;
    },
    get principles() {
      return principles;
    },
    get privacy() {
      return privacy;
    },
    get servers() {
      return servers;
    },
    traces: createTraces((options.clock ?? wallClock).now, (log) => {
      for (const forget of forgetters) forget(log);
    }),
    stage: (record) => stages.get(record.stage),
    async inBranch({ scene, log }, task) {
      const there = await registry.open(scene);
      const live = there?.record.log === log ? there : await registry.open(log);
      await live?.mailbox.post(() => task(live));
    },
    get followed() {
      return listeners.size > 0;
    },
    report(draft) {
      room.traces.note(draft);
      tellAll(listeners, draft);
    },
    reportJudged: (report) => tellAll(judgedListeners, report),
  };
  function tellAll<T extends { readonly scene: SceneId }>(
    all: ReadonlySet<(report: T) => void>,
    report: T,
  ): void {
    for (const listener of all) {
      try {
        listener(report);
      } catch (error) {
        room.log.error('listener-failed', { scene: report.scene, error: kindOf(error) });
      }
    }
  }

  const libraries = createLibraries(options.library, store, room.log, (server) => serves(options, server));
  const stored = createStoredSettings(store, room.counting, room.log);
  const registry = createRegistry({
    store,
    prepare: (record) => room.readAround(record),
    territory: options.territory,
    log: room.log,
    now: () => steadyOf(room.clock),
    ...(options.mostAtRest === undefined ? {} : { mostAtRest: options.mostAtRest }),
  });
  const settings = createSettings(stored, registry, defaults, (record) =>
    room.stage(record)?.changed(record),
  );
  const servers = createServers(
    store,
    options.listedServers ?? [],
    options.owners ?? [],
    (server) => haltServer(room, registry, server),
    settings,
  );

  /** Runs in a scene's mailbox. @throws PlayerError where the place hosts no scene */
  async function within<T>(id: SceneId, task: (live: LiveScene) => Promise<T> | T): Promise<T> {
    room.closing.throwIfAborted();
    const live = await registry.open(id);
    if (!live) throw new PlayerError('There is no scene here. /scene start begins one.');
    return live.mailbox.post(async () => task(live));
  }

  /** The same, for what is asked of a scene that plays. */
  async function playing<T>(id: SceneId, task: (live: LiveScene) => Promise<T> | T): Promise<T> {
    return within(id, (live) => {
      if (finishing) throw new PlayerError(STARTING_ANEW);
      if (live.record.status === 'ended')
        throw new PlayerError('This scene has ended. /scene start begins another.');
      if (live.record.status === 'paused')
        throw new PlayerError('This scene is paused. /scene continue goes on.');
      return task(live);
    });
  }

  const access = createAccess(room);
  const audit = createAudit(room, {
    stage: () => stages.get('discord'),
    rules: (server) => settings.rules({ stage: 'discord', server, scene: 'discord:' }),
  });
  const bench = createBenchDesk(room, () => [...registry.live()].flatMap((live) => [...live.generating]));
  const budgets = createBudgets(room);
  const guard = createGuard(room);
  const cards = createCards(room, libraries, (server) => {
    for (const { record } of registry.live())
      if (record.server === server) room.stage(record)?.changed(record);
  });
  const privacy = createPrivacy(room, registry, (record) => stored.load(levelsOfScene(record)));
  const serverModels = createServerModels(room, () => models);
  const ways: Within = { within, playing };
  const guarded = createGuardedInput(room, registry);
  const choices = createChoices(room, ways);
  const principles = createPrinciples(room);
  const news = hearNews(room, registry);

  return {
    locale: (record) => localeOf(room, record),
    attach(stage) {
      stages.set(stage.name, stage);
      if (stage.tellModerators) audit.takeUp();
    },

    async start(request) {
      room.closing.throwIfAborted();
      if (finishing) throw new PlayerError(STARTING_ANEW);
      await libraries.of(request.server);
      return registry.start(
        request.id,
        (log) => emptyLiveScene(recordFor(room, request, log)),
        async (live) => {
          await guarded.start(live.record, request);
          await openScene(room, live, request);
          audit.note(live.record.server, {
            kind: 'opened',
            text: 'A scene was opened.',
            scene: live.record.id,
            by: request.owner.id,
          });
          await saveRecord(room, live, { restedAt: 0 });
          live.known = true;
          await showOrPause(room, live);
          room.stage(live.record)?.changed(live.record);
          if (request.story) await rest(room, live);
          else advance(room, live);
        },
      );
    },
    async info(id) {
      const live = await registry.open(id);
      return live && infoOf(room, live, placeIn(live, id));
    },
    scenes: () => registry.records(),
    async replay(id, from = 1) {
      return within(id, async (live) => {
        const beats = await Array.fromAsync(store.read(live.record.log));
        return replayForStage(beats).filter((beat) => beat.n >= from);
      });
    },
    async resume(id) {
      if (await registry.isSettled(id)) return false;
      const live = await registry.open(id);
      await live?.mailbox.post(() => takeUp(room, live));
      return true;
    },

    async hear(id, line) {
      const live = await registry.open(id);
      if (!live) return { heard: false, because: 'no-scene' };
      return live.mailbox.post(() => hearLine(room, live, line, placeIn(live, id)));
    },
    whisper: (id, whisper) => playing(id, (live) => hearWhisper(room, live, whisper, placeIn(live, id))),
    async join(id, player) {
      await playing(id, async (live) => {
        if (await privacy.optedOut(player.id)) throw new PlayerError(OPTED_OUT);
        const place = placeIn(live, id);
        const refused = await refusedHere(room, live, player, place);
        if (refused !== undefined) throw new PlayerError(refused);
        await joinScene(room, live, player, place);
      });
    },
    leave: (id, playerId) => within(id, (live) => leaveScene(room, live, playerId)),
    amend: (id, source, text) => within(id, (live) => amendLine(room, live, source, text)),
    retract: (id, source, by) => within(id, (live) => deleteLine(room, live, source, by)),

    summon: (id, cardId) =>
      playing(id, async (live) => {
        await mayPlay(room, live.record, cardId);
        return summon(room, live, cardId, placeIn(live, id));
      }),
    dismiss: (id, cardId) => within(id, (live) => dismiss(room, live, cardId)),
    next: (id, who) => playing(id, (live) => callNext(room, live, who, placeIn(live, id))),
    async narrate(id, text) {
      await guarded.typed(id, text);
      await playing(id, (live) => narrate(room, live, text, placeIn(live, id)));
    },
    retry: (id) => playing(id, (live) => retry(room, live)),
    async stop(id) {
      const live = await registry.open(id);
      if (!live) return false;
      // At once, whatever waits in the mailbox.
      const gathered = stopGathering(live);
      const stopped = cancel(room, live) !== undefined || gathered;
      await live.mailbox.post(async () => {
        if (!live.making) await rest(room, live);
      });
      return stopped;
    },

    pause: (id) => playing(id, (live) => halt(room, live, 'paused')),
    unpause: (id) => within(id, (live) => goOn(room, live, servers.halted)),
    end: (id) => within(id, (live) => halt(room, live, 'ended')),

    useModels(next) {
      models = next;
      for (const live of registry.live()) room.stage(live.record)?.changed(live.record);
    },
    models: () => models,

    playerTyping(id, playerId) {
      const live = registry.known(id);
      if (live) noteTyping(room, live, playerId);
    },
    peek: (id, n, by) => within(id, (live) => peek(room, live, n, by, placeIn(live, id))),
    openThoughts: (id) => within(id, (live) => openThoughts(room, live)),
    plans: (id, n, by) => within(id, (live) => plansOf(room, live, n, by)),
    setPeek: (id, policy) => within(id, (live) => setPeek(room, live, policy)),
    why: (id, n, by) => within(id, (live) => whyOf(room, live, n, by)),
    past: guarded.past(createPast(room, registry, ways)),
    ledger: guarded.ledger(createLedger(room, ways)),
    direction: guarded.direction(createDirection(room, ways)),
    game: guarded.game(createGame(room, registry, ways)),

    settings,
    servers,
    access,
    audit,
    bench,
    budgets,
    cards,
    choices,
    continuity: createContinuity(room, ways),
    guard,
    principles,
    privacy,
    serverModels,
    backstage: createBackstage(within, listeners, judgedListeners, forgetters),

    async idle(id) {
      const live = await registry.open(id);
      if (live) await restOf(live);
    },
    busyness() {
      const all = [...registry.live()];
      return {
        awake: all.length,
        making: all.filter(({ making }) => making).length,
        waiting: all.reduce((sum, { mailbox }) => sum + mailbox.length, 0),
      };
    },
    async close({ finishMs = 0 } = {}) {
      if (finishMs > 0 && !closing.signal.aborted) {
        finishing = true;
        await finishTurns(room, registry, finishMs);
      }
      closing.abort();
      await news.settled();
      await bench.settled();
      await privacy.settled();
      for (const live of registry.live()) cancel(room, live);
      await registry.settled();
      await Promise.all([...registry.live()].map(restOf));
      await room.counting.empty();
      await audit.settled();
    },
  };
}
