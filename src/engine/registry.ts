import type { SceneStore } from '../store/scene-store.ts';
import { StoreError } from '../store/scene-store.ts';
import { type LiveScene, loadLiveScene } from './live-scene.ts';
import { createMailbox } from './mailbox.ts';
import { type SceneId, type SceneRecord, sceneRecordSchema } from './scene-record.ts';

/** The scenes that are in memory, each once, and those that sleep in storage. */
export type Registry = {
  /** The scene of a place, read from storage where it sleeps. */
  open(id: SceneId): Promise<LiveScene | undefined>;
  /**
   * Starts a scene in a place, one at a time; what was there before is kept under its log's key.
   * `create` makes it, and from then on it is known here; `open` plays its first beats, in its mailbox.
   */
  starting(
    id: SceneId,
    create: (log: string, before: LiveScene | undefined) => LiveScene,
    open: (live: LiveScene) => Promise<void>,
  ): Promise<SceneRecord>;
  live(): Iterable<LiveScene>;
  /** Every stored record, those of ended scenes included. */
  records(): AsyncIterable<SceneRecord>;
};

/** @param store where records and logs are kept; a record that cannot be read is a `StoreError` */
export function createRegistry(store: SceneStore): Registry {
  // Promises, so that two who ask for a sleeping scene at once get the same one.
  const opened = new Map<SceneId, Promise<LiveScene | undefined>>();
  const live = new Map<SceneId, LiveScene>();
  const starts = createMailbox();

  async function load(id: SceneId): Promise<LiveScene | undefined> {
    const record = readRecord(await store.get('scene', id), id);
    if (!record) return undefined;
    const scene = await loadLiveScene(record, store);
    live.set(id, scene);
    return scene;
  }

  function open(id: SceneId): Promise<LiveScene | undefined> {
    const known = opened.get(id);
    if (known !== undefined) return known;
    const loading = load(id).then(
      (scene) => {
        if (!scene) opened.delete(id);
        return scene;
      },
      (error: unknown) => {
        opened.delete(id);
        throw error;
      },
    );
    opened.set(id, loading);
    return loading;
  }

  return {
    open,
    starting: (id, create, begin) =>
      starts.post(async () => {
        const before = await open(id);
        const log = `${id}#${before ? generation(before.record.log) + 1 : 1}`;
        // Beats of a start that a crash cut off; its record was never written.
        await store.erase(log);
        const scene = create(log, before);
        live.set(id, scene);
        opened.set(id, Promise.resolve(scene));
        try {
          if (before)
            await store.put('scene', before.record.log, { ...before.record, id: before.record.log });
          await scene.mailbox.post(() => begin(scene));
        } catch (error) {
          live.delete(id);
          opened.delete(id);
          throw error;
        }
        return scene.record;
      }),
    live: () => live.values(),
    async *records() {
      for await (const id of store.ids('scene')) {
        const record = readRecord(await store.get('scene', id), id);
        if (record) yield record;
      }
    },
  };
}

function readRecord(stored: unknown, id: SceneId): SceneRecord | undefined {
  if (stored === undefined) return undefined;
  const parsed = sceneRecordSchema.safeParse(stored);
  if (!parsed.success) throw new StoreError(`The record of scene ${id} cannot be read.`, parsed.error);
  return parsed.data;
}

function generation(log: string): number {
  return Number(log.slice(log.lastIndexOf('#') + 1)) || 0;
}
