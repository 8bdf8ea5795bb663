import { setTimeout as sleep } from 'node:timers/promises';
import { ROOM_SETTINGS } from '../config/room-settings.ts';
import { PlayerError } from '../errors.ts';
import { neutralise } from '../format/neutralise.ts';
import { readPlayerLine } from '../format/player-line.ts';
import { silentLog } from '../log.ts';
import { chipsAt } from '../performer/understudy/script-place.ts';
import { characterActorId, ENVIRONMENT, isCharacterId } from '../scene/beat.ts';
import { presentCharacters, witnessesNow } from '../scene/scene-state.ts';
import { replayForStage } from '../scene/stage-replay.ts';
import { createBackstage } from './backstage.ts';
import { cardOf } from './card-of.ts';
import type { DraftReport, Engine, Limits, Models, SceneInfo } from './engine-api.ts';
import type { Clock, EngineOptions } from './engine-options.ts';
import { type EngineRoom, nowBefore, recordAndShow, saveRecord } from './engine-room.ts';
import { hearLine, hearWhisper, joinScene } from './hear.ts';
import { emptyLiveScene, type LiveScene } from './live-scene.ts';
import { createMailbox } from './mailbox.ts';
import { turnsPerLine } from './presets.ts';
import { createRegistry } from './registry.ts';
import { reservedNames } from './reserved-names.ts';
import { rewordBeat, takeBack } from './rewrite.ts';
import type { SceneId } from './scene-record.ts';
import { createServers } from './servers.ts';
import { showWhatIsMissing } from './show-beat.ts';
import type { Stage } from './stage.ts';
import { cardFor, enter, greet, openScene, recordFor } from './start-scene.ts';
import { advance, cancel, rest } from './turn/turn-loop.ts';

const DEFAULT_LIMITS: Limits = {
  turnsPerLine: ROOM_SETTINGS.turnsPerLine.default,
  turnsPerServerDay: ROOM_SETTINGS.turnsPerServerDay.default,
  linesPerPlayerHour: ROOM_SETTINGS.linesPerPlayerHour.default,
  consideringAfterMs: ROOM_SETTINGS.consideringAfterMs.default,
};

const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/**
 * The engine: one mailbox per scene that hears, decides, performs, records and shows. It owns no
 * surface, store or model; what it is given it uses, and leaves open when it closes.
 */
export function createEngine(options: EngineOptions): Engine {
  const { library, store } = options;
  const closing = new AbortController();
  const stages = new Map<Stage['name'], Stage>();
  const listeners = new Set<(draft: DraftReport) => void>();
  let models: Models = options.models ?? {};

  const room: EngineRoom = {
    options,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    clock: options.clock ?? wallClock,
    log: options.log ?? silentLog,
    counting: createMailbox(),
    closing: closing.signal,
    models: () => models,
    stage: (record) => stages.get(record.stage),
    report: (draft) => {
      for (const listener of listeners) listener(draft);
    },
  };
  const registry = createRegistry(store);
  const servers = createServers(store, options.listedServers ?? [], options.owners ?? [], stopServer);

  /** Runs in a scene's mailbox. @throws PlayerError where the place hosts no scene */
  async function within<T>(id: SceneId, task: (live: LiveScene) => Promise<T>): Promise<T> {
    const live = await registry.open(id);
    if (!live) throw new PlayerError('There is no scene here. /scene start begins one.');
    return live.mailbox.post(() => task(live));
  }

  async function playing<T>(id: SceneId, task: (live: LiveScene) => Promise<T>): Promise<T> {
    return within(id, (live) => {
      if (live.record.status === 'ended')
        throw new PlayerError('This scene has ended. /scene start begins another.');
      if (live.record.status === 'paused')
        throw new PlayerError('This scene is paused. /scene continue goes on.');
      return task(live);
    });
  }

  async function setStatus(live: LiveScene, status: 'playing' | 'paused' | 'ended'): Promise<void> {
    if (status !== 'playing') cancel(room, live);
    await saveRecord(room, live, { status, restedAt: live.state.beats });
    room.stage(live.record)?.changed(live.record);
  }

  async function stopServer(server: string): Promise<number> {
    let stopped = 0;
    for await (const record of registry.records()) {
      if (record.server !== server || record.status !== 'playing') continue;
      await within(record.id, (live) => setStatus(live, 'paused'));
      stopped += 1;
    }
    return stopped;
  }

  function infoOf(live: LiveScene): SceneInfo {
    const { record, state, making } = live;
    const script = record.script === undefined ? undefined : library.scene(record.script);
    const limit = turnsPerLine(record.preset, room.limits);
    const people = [...state.people.values()];
    return {
      record,
      setting: state.setting,
      cast: people.flatMap(({ actor, present }) => {
        const character = cardOf(library, actor.id);
        return character ? [{ character, present }] : [];
      }),
      players: people
        .filter(({ actor }) => !isCharacterId(actor.id))
        .map(({ actor, present }) => ({ actor, present })),
      beats: state.beats,
      turnsLeft: Math.max(0, limit - state.turnsSincePlayer),
      turnsPerLine: limit,
      ...(making?.actor ? { making: making.actor } : {}),
      ...(models.actor ? { model: models.actor.name } : {}),
      chips: script && !models.actor ? chipsAt(script, state.cue) : [],
    };
  }

  return {
    attach(stage) {
      stages.set(stage.name, stage);
    },

    async start(request) {
      return registry.starting(
        request.id,
        (log, before) => {
          if (before && before.record.status !== 'ended') {
            throw new PlayerError('A scene is playing here already. /scene end ends it first.');
          }
          return emptyLiveScene(recordFor(room, request, log));
        },
        async (live) => {
          await openScene(room, live, request);
          await saveRecord(room, live, { restedAt: 0 });
          room.stage(live.record)?.changed(live.record);
          advance(room, live);
        },
      );
    },

    async info(id) {
      const live = await registry.open(id);
      return live && infoOf(live);
    },
    scenes: () => registry.records(),

    async replay(id, from = 1) {
      return within(id, async (live) => {
        const beats = await Array.fromAsync(store.read(live.record.log));
        return replayForStage(beats).filter((beat) => beat.n >= from);
      });
    },

    async resume(id) {
      const live = await registry.open(id);
      const stage = live && room.stage(live.record);
      if (!live || !stage || live.record.status === 'ended') return;
      await live.mailbox.post(async () => {
        const refused = await showWhatIsMissing(live, stage, store, closing.signal);
        if (refused) {
          room.log.warn('beat-refused', { scene: id, reason: refused.reason });
          await setStatus(live, 'paused');
          return;
        }
        stage.changed(live.record);
        if (live.record.restedAt !== live.state.beats) advance(room, live);
      });
    },

    async hear(id, line) {
      const live = await registry.open(id);
      if (!live) return { heard: false, because: 'no-scene' };
      return live.mailbox.post(() => hearLine(room, live, line));
    },
    async whisper(id, whisper) {
      return playing(id, (live) => hearWhisper(room, live, whisper));
    },
    async join(id, player) {
      await playing(id, (live) => joinScene(room, live, player));
    },
    async leave(id, playerId) {
      await within(id, async (live) => {
        const person = live.state.people.get(`player:${playerId}`);
        if (!person?.present) throw new PlayerError('You are not in this scene.');
        await recordAndShow(room, live, {
          ...nowBefore(room, live, witnessesNow(live.state)),
          kind: 'exit',
          actor: person.actor,
        });
        room.stage(live.record)?.changed(live.record);
      });
    },

    async amend(id, source, text) {
      await within(id, async (live) => {
        const segments = readPlayerLine(text, reservedNames(live, library));
        await rewordBeat(room, live, source, segments);
      });
    },
    async retract(id, source) {
      await within(id, (live) => takeBack(room, live, source));
    },

    async summon(id, cardId) {
      return playing(id, async (live) => {
        const character = cardFor(room, cardId);
        if (live.state.people.get(characterActorId(cardId))?.present) {
          throw new PlayerError(`${character.name} is in the scene already.`);
        }
        await enter(room, live, character, false);
        await greet(room, live, character);
        room.stage(live.record)?.changed(live.record);
        return character;
      });
    },
    async dismiss(id, cardId) {
      return within(id, async (live) => {
        const person = live.state.people.get(characterActorId(cardId));
        if (!person?.present) throw new PlayerError(`${cardFor(room, cardId).name} is not in the scene.`);
        if (live.making?.actor?.id === person.actor.id) cancel(room, live);
        await recordAndShow(room, live, {
          ...nowBefore(room, live, witnessesNow(live.state)),
          kind: 'exit',
          actor: person.actor,
        });
        room.stage(live.record)?.changed(live.record);
        return cardFor(room, cardId);
      });
    },

    async next(id, who) {
      await playing(id, async (live) => {
        if (live.making)
          throw new PlayerError(`${live.making.actor?.name ?? 'Someone'} is making a turn; /stop ends it.`);
        const present = presentCharacters(live.state);
        const actor = who === undefined || who === ENVIRONMENT.id ? who : characterActorId(who);
        if (actor !== undefined && actor !== ENVIRONMENT.id && !present.some((other) => other.id === actor)) {
          throw new PlayerError(
            `${cardFor(room, who ?? '').name} is not in the scene. /summon brings them in.`,
          );
        }
        if (present.length === 0) throw new PlayerError('Nobody is on stage. /summon brings someone in.');
        const last = live.state.lastSpeaker;
        const silent = present.filter((other) => other.id !== last);
        const longest = silent.sort((a, b) => spoke(live, a.id) - spoke(live, b.id))[0] ?? present[0];
        advance(room, live, actor ?? live.state.addressed[0] ?? longest?.id);
      });
    },
    async narrate(id, text) {
      await playing(id, async (live) => {
        if (text === undefined) {
          if (live.making)
            throw new PlayerError(`${live.making.actor?.name ?? 'Someone'} is making a turn; /stop ends it.`);
          advance(room, live, ENVIRONMENT.id);
          return;
        }
        const told = neutralise(text, reservedNames(live, library)).trim();
        if (!told)
          throw new PlayerError('Say what the Narrator tells, or leave the text out to have it made up.');
        await recordAndShow(room, live, {
          ...nowBefore(room, live, witnessesNow(live.state)),
          kind: 'narration',
          speaker: ENVIRONMENT,
          text: told,
        });
      });
    },
    async stop(id) {
      const live = await registry.open(id);
      if (!live) return false;
      // At once, whatever waits in the mailbox.
      const stopped = cancel(room, live);
      await live.mailbox.post(() => rest(room, live));
      return stopped;
    },
    async retry(id) {
      await playing(id, async (live) => {
        if (live.making) return;
        const { failed } = live;
        live.failed = undefined;
        advance(room, live, failed);
      });
    },
    async pause(id) {
      await playing(id, (live) => setStatus(live, 'paused'));
    },
    async unpause(id) {
      await within(id, async (live) => {
        if (live.record.status !== 'paused') throw new PlayerError('This scene is not paused.');
        const server = live.record.server;
        if (server !== undefined && (await servers.halted(server))) {
          throw new PlayerError(
            'Scenes in this server were halted. The operator of this bot can lift that: /dramatis approve.',
          );
        }
        const stage = room.stage(live.record);
        const refused = stage && (await showWhatIsMissing(live, stage, store, closing.signal));
        if (refused) throw new PlayerError(`It cannot go on yet: ${refused.message}`);
        await saveRecord(room, live, { status: 'playing' });
        stage?.changed(live.record);
        advance(room, live);
      });
    },
    async end(id) {
      await within(id, (live) => setStatus(live, 'ended'));
    },

    useModels(next) {
      models = next;
      for (const live of registry.live()) {
        live.prompts.clear();
        room.stage(live.record)?.changed(live.record);
      }
    },
    models: () => models,

    servers,
    backstage: createBackstage(within, store, listeners),

    async idle(id) {
      const live = await registry.open(id);
      while (live) {
        await live.mailbox.empty();
        if (!live.making) return;
        await live.making.settled;
      }
    },
    async close() {
      closing.abort();
      for (const live of registry.live()) {
        const { making } = live;
        cancel(room, live);
        await making?.settled;
        await live.mailbox.empty();
      }
    },
  };
}

function spoke(live: LiveScene, id: string): number {
  return live.state.lastSpoke.get(id) ?? 0;
}
