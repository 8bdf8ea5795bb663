import { z } from 'zod';
import { PlayerError } from '../errors.ts';
import { type SceneStore, StoreError } from '../store/scene-store.ts';
import { say } from '../words/text.ts';
import { type LiveScene, loadLiveScene } from './live-scene.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { finishErasing } from './rewrite.ts';
import { type SceneId, type SceneRecord, sceneRecordSchema } from './scene-record.ts';

/** The scenes that are in memory, each once, and those that sleep in storage. */
export type Registry = {
  /** The scene of a place (or of which it is a room), read from storage where it sleeps. */
  open(id: SceneId): Promise<LiveScene | undefined>;
  /**
   * Starts a scene in a place, one at a time there; what was there before is kept under its log's key.
   * `create` makes it, and from then on it is known here; `begin` plays its first beats, in its mailbox,
   * before anything else.
   * @throws PlayerError where one is playing there
   */
  start(
    id: SceneId,
    create: (log: string) => LiveScene,
    begin: (live: LiveScene) => Promise<void>,
  ): Promise<SceneRecord>;
  /** The scene of a place or room, where it is in memory. */
  known(id: SceneId): LiveScene | undefined;
  live(): Iterable<LiveScene>;
  /** A scene is being erased: it is not in memory any more. */
  forget(record: SceneRecord): void;
  /** Every stored record, those of ended scenes included. */
  records(): AsyncIterable<SceneRecord>;
  /** Resolves when nothing is being started or read. */
  settled(): Promise<void>;
};

/**
 * @param store where records and logs are kept; a record that cannot be read is a `StoreError`
 * @param prepare reads what is needed beside them before a scene is known here
 */
export function createRegistry(store: SceneStore, prepare: (record: SceneRecord) => Promise<void>): Registry {
  // Promises, so that two who ask for a sleeping scene at once get the same one.
  const opened = new Map<SceneId, Promise<LiveScene | undefined>>();
  const live = new Map<SceneId, LiveScene>();
  const starts = new Map<SceneId, Mailbox>();

  async function load(id: SceneId): Promise<LiveScene | undefined> {
    const record = readRecord(await store.get('scene', id), id);
    if (!record) return sceneOfRoom(id);
    await prepare(record);
    const scene = await loadLiveScene(record, store);
    await finishErasing(scene, store);
    live.set(id, scene);
    return scene;
  }

  /** A room is asked for by its own id; it is a place of its scene for as long as that plays. */
  async function sceneOfRoom(id: SceneId): Promise<LiveScene | undefined> {
    const found = roomSchema.safeParse(await store.get('room', id));
    const scene = found.success ? await open(found.data.scene) : undefined;
    if (!scene || scene.record.log !== found.data?.log || scene.record.status === 'ended') return undefined;
    return scene;
  }

  async function open(id: SceneId): Promise<LiveScene | undefined> {
    const scene = await openStored(id);
    // A room whose scene is over, or whose place hosts another by now, is none.
    if (scene && scene.record.id !== id && scene.record.log !== id) {
      if (scene.record.status !== 'ended' && scene.record.rooms.some((room) => room.id === id)) return scene;
      opened.delete(id);
      return undefined;
    }
    return scene;
  }

  function openStored(id: SceneId): Promise<LiveScene | undefined> {
    const known = opened.get(id);
    if (known !== undefined) return known;
    const loading = load(id).then(
      (scene) => {
        if (!scene) forget(id, loading);
        return scene;
      },
      (error: unknown) => {
        forget(id, loading);
        throw error;
      },
    );
    opened.set(id, loading);
    return loading;
  }

  function forget(id: SceneId, loading: Promise<LiveScene | undefined>): void {
    if (opened.get(id) === loading) opened.delete(id);
  }

  async function startNow(
    id: SceneId,
    create: (log: string) => LiveScene,
    begin: (live: LiveScene) => Promise<void>,
  ): Promise<SceneRecord> {
    const found = await open(id);
    if (found && found.record.id !== id) {
      throw new PlayerError(
        say('This is a room of “{{title}}”. /scene end there, or start the scene in another place.', {
          title: found.record.title,
        }),
      );
    }
    const before = found;
    if (before && before.record.status !== 'ended') {
      throw new PlayerError('A scene is playing here already. /scene end ends it first.');
    }
    const scene = create(`${id}#${before ? generation(before.record.log) + 1 : 1}`);
    // Beats of a start that a crash cut off; its record was never written.
    await store.erase(scene.record.log);
    await prepare(scene.record);
    if (before) await before.mailbox.post(() => retire(before));
    live.set(id, scene);
    opened.set(id, Promise.resolve(scene));
    // At once: who speaks here from now on finds the scene begun.
    await scene.mailbox.post(async () => {
      try {
        await begin(scene);
      } catch (error) {
        // What was asked of it meanwhile finds it ended, and cannot write over the place's record.
        scene.record = { ...scene.record, id: scene.record.log, status: 'ended' };
        live.delete(id);
        opened.delete(id);
        throw error;
      }
    });
    return scene.record;
  }

  /** An ended scene leaves its place to the next: whatever is still asked of it is kept under its log's key. */
  async function retire(before: LiveScene): Promise<void> {
    const retired = { ...before.record, id: before.record.log };
    await store.put('scene', retired.id, retired);
    before.record = retired;
  }

  return {
    open,
    start(id, create, begin) {
      const queue = starts.get(id) ?? createMailbox();
      starts.set(id, queue);
      return queue.post(() => startNow(id, create, begin));
    },
    known: (id) =>
      live.get(id) ?? [...live.values()].find(({ record }) => record.rooms.some((room) => room.id === id)),
    live: () => live.values(),
    forget({ id, log }) {
      for (const key of [id, log]) {
        // By now another scene may play in its place.
        if (live.has(key) && live.get(key)?.record.log !== log) continue;
        live.delete(key);
        opened.delete(key);
      }
    },
    async *records() {
      for await (const id of store.ids('scene')) {
        const record = readRecord(await store.get('scene', id), id);
        if (record) yield record;
      }
    },
    async settled() {
      await Promise.all([...starts.values()].map((queue) => queue.empty()));
      await Promise.allSettled(opened.values());
    },
  };
}

const roomSchema = z.object({ scene: z.string(), log: z.string() });

function readRecord(stored: unknown, id: SceneId): SceneRecord | undefined {
  if (stored === undefined) return undefined;
  const parsed = sceneRecordSchema.safeParse(stored);
  if (!parsed.success) throw new StoreError(`The record of scene ${id} cannot be read.`, parsed.error);
  return parsed.data;
}

function generation(log: string): number {
  return Number(log.slice(log.lastIndexOf('#') + 1)) || 0;
}
