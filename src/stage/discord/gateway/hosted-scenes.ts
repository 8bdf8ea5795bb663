import type { Client, Guild } from 'discord.js';
import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { StageError } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import { MAIN_PLACE } from '../../../scene/beat.ts';
import { say } from '../../../words/text.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import { channelOf, firstChannelOf, placesOf, sceneIdOf } from '../scene-place.ts';
import { type Background, nameOf } from './background.ts';
import type { GoOnLater } from './go-on-later.ts';

export type HostedScenes = {
  /** Whether a scene plays in this channel, or has a room there. */
  has(channel: string): boolean;
  /** Whether one does or ever did: nothing of what was written elsewhere is known to anyone. */
  everHad(channel: string): boolean;
  /** All of them, or those of one server. */
  channels(server?: string): Iterable<string>;
  scenes(): Iterable<SceneRecord>;
  /** Also of a room: its scene. */
  of(channel: string): SceneRecord | undefined;
  /** Takes note of a scene; returns whether it is new here. */
  note(scene: SceneRecord): boolean;
  /** Reads them from storage; until `wake` is through with one, it is asleep. */
  load(): Promise<void>;
  /** Lets those that were read go on where they stopped; `woken` gets each, `settled` where it had not stopped short. */
  wake(client: Client<true>, woken: (scene: SceneRecord, settled: boolean) => Promise<void>): Promise<void>;
  /** Resolves when the scene of this channel, if there is one, has gone on. */
  awake(channel: string): Promise<void>;
  allAwake(): Promise<void>;
  /**
   * A channel or thread was deleted, and with it the scenes in it and in its threads. A room's scene
   * goes on without it.
   */
  gone(channel: string): Promise<void>;
  /** Whether its server is in order, and may host it. */
  mayPlay(scene: SceneRecord): Promise<boolean>;
  /** The bot was removed from a server: its scenes wait for its return. */
  left(server: string): Promise<void>;
};

/** The channels and threads where a scene plays or waits: where there is anything to hear. */
export function createHostedScenes(options: {
  readonly engine: Engine;
  readonly goOnLater: GoOnLater;
  readonly background: Background;
  readonly log: Log;
  /** A server that the bot is in. */
  readonly guild: (server: string) => Pick<Guild, 'id' | 'ownerId' | 'available'> | undefined;
  /** A channel became a room of a scene that plays. */
  readonly opened: (channel: string) => void;
}): HostedScenes {
  const { engine, goOnLater, background, log } = options;
  const { signal } = background;
  const hosted = new Map<string, SceneRecord>();
  /**
   * The channel of its scene for each of them, of a room as of the scene itself: what is asked of every message of
   * every server is one look into one table.
   */
  const places = new Map<string, string>();
  const ever = new Set<string>();
  const asleep = new Map<string, PromiseWithResolvers<void>>();

  /** Returns the rooms that are new here. */
  function take(scene: SceneRecord): string[] {
    const main = channelOf(scene);
    const rooms = roomsOf(scene).filter((room) => !places.has(room));
    hosted.set(main, scene);
    for (const channel of [main, ...rooms]) places.set(channel, main);
    remember(scene);
    return rooms;
  }

  function remember(scene: SceneRecord): void {
    for (const channel of [firstChannelOf(scene), ...roomsOf(scene)]) ever.add(channel);
  }

  function forget(scene: SceneRecord): void {
    const main = channelOf(scene);
    hosted.delete(main);
    for (const [channel, of] of places) if (of === main) places.delete(channel);
  }

  function sceneOf(channel: string): SceneRecord | undefined {
    return hosted.get(places.get(channel) ?? '');
  }

  function isRoom(channel: string): boolean {
    return (places.get(channel) ?? channel) !== channel;
  }

  /** Of a server that is out of order nobody knows who owns it. */
  async function mayPlay(scene: SceneRecord): Promise<boolean> {
    const guild = options.guild(scene.server ?? '');
    return guild?.available === true && engine.servers.allowed(guild.id, guild.ownerId);
  }

  /** Returns whether there was nothing to do in it. */
  async function wakeOne(scene: SceneRecord, client: Client<true>): Promise<boolean> {
    const guild = options.guild(scene.server ?? '');
    if (guild?.available === false) {
      await holdOrEnd(scene, new StageError('unreachable', say('Discord does not answer just now.')));
      return false;
    }
    if (!(await mayPlay(scene))) {
      log.warn('scene-not-allowed', { scene: scene.id, server: scene.server });
      if (scene.status === 'playing') await engine.pause(scene.id);
      return false;
    }
    try {
      // Archived threads are not told of at login.
      await client.channels.fetch(channelOf(scene));
    } catch (error) {
      await holdOrEnd(scene, stageErrorOf(error));
      return false;
    }
    if (scene.status === 'paused' && (await goOnLater.waitsStill(scene.id))) return false;
    for (const room of roomsOf(scene)) await lookFor(room, client);
    return !(await engine.resume(scene.id));
  }

  /** A room's thread may be archived, of which we are not told at login, or may have been deleted meanwhile. */
  async function lookFor(room: string, client: Client<true>): Promise<void> {
    try {
      await client.channels.fetch(room);
    } catch (error) {
      const known = stageErrorOf(error);
      log.warn('room-not-reached', { room, error: nameOf(error) });
      if (known instanceof StageError && known.reason === 'gone') await closeRoom(room);
    }
  }

  /** Its people come to the main place, where they can be heard. */
  async function closeRoom(channel: string): Promise<void> {
    await engine.ledger.closeRoom(sceneIdOf(channel));
    places.delete(channel);
  }

  async function holdOrEnd(scene: SceneRecord, error: unknown): Promise<void> {
    if (!(error instanceof StageError)) throw error;
    log.warn('scene-not-reached', { scene: scene.id, reason: error.reason });
    if (error.reason === 'gone') return engine.end(scene.id);
    // Nothing new may be shown before what is missing there.
    if (scene.status === 'playing') await engine.pause(scene.id);
    if (error.reason === 'unreachable') goOnLater.unreachable(scene.id);
  }

  async function within(scene: SceneRecord, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      log.error('scene-failed', { scene: scene.id, error: nameOf(error) });
    }
  }

  return {
    has: (channel) => places.has(channel),
    everHad: (channel) => ever.has(channel),
    channels: (server) =>
      [...places]
        .filter(([, main]) => server === undefined || hosted.get(main)?.server === server)
        .map(([channel]) => channel),
    scenes: () => [...hosted.values()],
    of: sceneOf,
    note(scene) {
      const channel = channelOf(scene);
      const before = hosted.get(channel);
      if (scene.status === 'ended') {
        if (before?.log === scene.log) forget(scene);
        return false;
      }
      for (const room of take(scene)) options.opened(room);
      return before?.log !== scene.log;
    },
    async load() {
      for await (const scene of engine.scenes()) {
        if (scene.stage !== 'discord') continue;
        if (scene.status === 'ended') {
          remember(scene);
          continue;
        }
        take(scene);
        const sleep = Promise.withResolvers<void>();
        sleep.promise.catch(() => undefined);
        signal.addEventListener('abort', () => sleep.reject(signal.reason), { once: true });
        asleep.set(channelOf(scene), sleep);
      }
    },
    async wake(client, woken) {
      const waking = [...asleep].map(async ([channel, sleep]) => {
        let settled = false;
        const scene = hosted.get(channel);
        if (scene)
          await within(scene, async () => {
            settled = await wakeOne(scene, client);
          });
        asleep.delete(channel);
        sleep.resolve();
        // It may have ended meanwhile, or another begun in its place.
        const now = hosted.get(channel);
        if (now) await woken(now, settled);
      });
      await Promise.all(waking);
    },
    awake: async (channel) => asleep.get(places.get(channel) ?? channel)?.promise,
    async allAwake() {
      await Promise.all([...asleep.values()].map(({ promise }) => promise));
    },
    async gone(channel) {
      const scene = isRoom(channel) ? sceneOf(channel) : undefined;
      if (scene) {
        await within(scene, () => closeRoom(channel));
        return;
      }
      for (const [place, scene] of hosted) {
        if (place !== channel && scene.parent !== channel) continue;
        forget(scene);
        await within(scene, () => engine.end(scene.id));
      }
    },
    mayPlay,
    async left(server) {
      for (const scene of hosted.values()) {
        if (scene.server !== server || scene.status !== 'playing') continue;
        await within(scene, () => engine.pause(scene.id));
      }
    },
  };
}

function roomsOf(scene: SceneRecord): string[] {
  return placesOf(scene)
    .filter((place) => place !== MAIN_PLACE)
    .map((place) => channelOf(scene, place));
}
