import { z } from 'zod';
import { PlayerError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type SceneStore, StoreError } from '../store/scene-store.ts';
import { say } from '../words/text.ts';
import { type LiveScene, loadLiveScene } from './live-scene.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { finishErasing } from './rewrite.ts';
import { type SceneId, type SceneRecord, sceneRecordSchema } from './scene-record.ts';
import type { Territory } from './territory.ts';

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
  /** Whether a restart has nothing to do in this scene: it rested, and nothing was recorded since. */
  isSettled(id: SceneId): Promise<boolean>;
  /** The scene of a place or room, where it is in memory. */
  known(id: SceneId): LiveScene | undefined;
  live(): Iterable<LiveScene>;
  /** A scene is being erased: it is not in memory any more. */
  forget(record: SceneRecord): void;
  /** Every stored record of this process's scenes, those of ended ones included. */
  records(): AsyncIterable<SceneRecord>;
  /** The same of all processes that share the store: to be read, never to be changed. */
  everywhere(unread?: (id: SceneId) => void): AsyncIterable<SceneRecord>;
  /** Resolves when nothing is being started or read. */
  settled(): Promise<void>;
};

export type RegistryOptions = {
  /** Where records and logs are kept; a record that cannot be read is a `StoreError`. */
  readonly store: SceneStore;
  /** Reads what is needed beside them before a scene is known here. */
  readonly prepare: (record: SceneRecord) => Promise<void>;
  /** Scenes of other processes are none of ours. Absent: there are no others. */
  readonly territory?: Territory | undefined;
  readonly log: Log;
  readonly now: () => number;
  /** Scenes at rest that stay in memory; those that did not stir for the longest time leave it. */
  readonly mostAtRest?: number;
};

/** Some 50 MB of scenes of two hundred beats. */
const MOST_AT_REST = 256;

/** Whoever opened a scene is through with it, or has it at work, after so long. */
const LONG_ENOUGH_MS = 60_000;

export function createRegistry(options: RegistryOptions): Registry {
  const { store, prepare, territory, log, now, mostAtRest = MOST_AT_REST } = options;
  // Promises, so that two who ask for a sleeping scene at once get the same one.
  const opened = new Map<SceneId, Promise<LiveScene | undefined>>();
  const live = new Map<SceneId, LiveScene>();
  const starts = new Map<SceneId, Mailbox>();
  /** When each scene in memory was last asked for, the one that was not for the longest time first. */
  const asked = new Map<SceneId, number>();

  async function load(id: SceneId): Promise<LiveScene | undefined> {
    const record = readRecord(await store.get('scene', id), id);
    if (!record) return sceneOfRoom(id);
    if (!isOurs(record)) return undefined;
    await prepare(record);
    const scene = await loadLiveScene(record, store);
    await finishErasing(scene, store);
    live.set(id, scene);
    return scene;
  }

  const isOurs = ({ server }: SceneRecord) => territory?.serves(server) ?? true;

  /** What is at rest is in storage as it is here. Its next line reads it again. */
  function letSleep(): void {
    for (const [id, at] of asked) {
      if (asked.size <= mostAtRest || now() - at < LONG_ENOUGH_MS) return;
      asked.delete(id);
      const scene = live.get(id);
      if (!scene) continue;
      if (!isAtRest(scene)) asked.set(id, now());
      else {
        live.delete(id);
        opened.delete(id);
        store.letGo(scene.record.log);
      }
    }
  }

  function noteAsked(id: SceneId): void {
    asked.delete(id);
    asked.set(id, now());
  }

  /** A room is asked for by its own id; it is a place of its scene for as long as that plays. */
  async function sceneOfRoom(id: SceneId): Promise<LiveScene | undefined> {
    const found = roomSchema.safeParse(await store.get('room', id));
    const scene = found.success ? await open(found.data.scene) : undefined;
    if (!scene || scene.record.log !== found.data?.log || scene.record.status === 'ended') return undefined;
    return scene;
  }

  async function open(id: SceneId): Promise<LiveScene | undefined> {
    const scene = await openStored(hostOf(id)?.record.id ?? id);
    // A room whose scene is over, or whose place hosts another by now, is none.
    if (scene && scene.record.id !== id && scene.record.log !== id) {
      if (scene.record.status !== 'ended' && scene.record.rooms.some((room) => room.id === id)) return scene;
      return undefined;
    }
    return scene;
  }

  /** The scene in memory that has a room there. */
  function hostOf(id: SceneId): LiveScene | undefined {
    if (opened.has(id)) return undefined;
    return [...live.values()].find(({ record }) => record.rooms.some((room) => room.id === id));
  }

  function openStored(id: SceneId): Promise<LiveScene | undefined> {
    noteAsked(id);
    letSleep();
    const known = opened.get(id);
    if (known !== undefined) return known;
    const loading = load(id).then(
      (scene) => {
        // A room is no scene of its own: its scene is kept by its own id alone, and sleeps by that.
        if (!scene || live.get(id) !== scene) forget(id, loading);
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
    if (opened.get(id) !== loading) return;
    opened.delete(id);
    asked.delete(id);
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
    noteAsked(id);
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

  async function* everywhere(unread?: (id: SceneId) => void): AsyncIterable<SceneRecord> {
    for await (const id of store.ids('scene')) {
      const stored = await store.get('scene', id);
      const record = sceneRecordSchema.safeParse(stored).data;
      if (record) yield record;
      else if (stored !== undefined) {
        log.error('scene-unreadable', { scene: id, do: 'run dramatis doctor' });
        unread?.(id);
      }
    }
  }

  return {
    open,
    start(id, create, begin) {
      const queue = starts.get(id) ?? createMailbox();
      starts.set(id, queue);
      return queue.post(() => startNow(id, create, begin));
    },
    async isSettled(id) {
      if (opened.has(id)) return false;
      const record = readRecord(await store.get('scene', id), id);
      return record?.settledAt !== undefined && (await store.length(record.log)) === record.settledAt;
    },
    known: (id) => live.get(id) ?? hostOf(id),
    live: () => live.values(),
    forget({ id, log }) {
      for (const key of [id, log]) {
        // By now another scene may play in its place.
        if (live.has(key) && live.get(key)?.record.log !== log) continue;
        live.delete(key);
        opened.delete(key);
        asked.delete(key);
      }
    },
    async *records() {
      for await (const record of everywhere()) if (isOurs(record)) yield record;
    },
    everywhere,
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

/** Nothing is being done in it, and nothing is due that only memory knows of. */
function isAtRest({ mailbox, making, generating, gathering, unshown, record, known }: LiveScene): boolean {
  if (!known || making || gathering || generating.size > 0 || !mailbox.idle) return false;
  // What a paused scene could not show is found again in storage.
  return record.status !== 'playing' || (unshown ?? []).length === 0;
}

function generation(log: string): number {
  return Number(log.slice(log.lastIndexOf('#') + 1)) || 0;
}
