import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { renderKeepsakes } from '../../cast/memory/server-memory.ts';
import { type ActorId, cardIdOf } from '../../scene/beat.ts';
import { type SceneStore, StoreError } from '../../store/scene-store.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { SceneRecord } from '../scene-record.ts';
import { keepsakesOf } from './keepsakes-of.ts';

/**
 * A scene's memory stays in that scene, unless a moderator lets a character remember across a
 * server: then what it witnessed is kept when the scene ends, for that character alone. What is
 * deleted, edited or forgotten in a scene is kept no longer.
 */
const memorySchema = z.object({
  on: z.boolean(),
  scenes: z.array(
    z.object({
      log: z.string(),
      title: z.string(),
      kept: z.array(z.object({ n: z.int(), text: z.string() })),
      /** It was played where only adults are, and is remembered in such places alone. */
      grownUp: z.boolean().optional(),
    }),
  ),
});
type ServerMemory = z.infer<typeof memorySchema>;
export type KeptOfScene = ServerMemory['scenes'][number];

/** Characters kept of one scene, and scenes in all. */
const KEPT_CHARS = 1500;
const MOST_SCENES = 12;
/** Characters of a prompt that tell of earlier scenes. */
const TOLD_CHARS = 1600;

export async function remembersServer(store: SceneStore, server: string, cardId: string): Promise<boolean> {
  return (await read(store, server, cardId))?.on ?? false;
}

/** Off, it keeps nothing: what it had kept is gone. */
export function setRemembersServer(
  { options: { store }, counting }: EngineRoom,
  server: string,
  cardId: string,
  on: boolean,
): Promise<void> {
  return counting.post(async () => {
    if (!on) await store.remove('server', keyOf(server, cardId));
    else if (!(await read(store, server, cardId))?.on) await write(store, server, cardId, { on, scenes: [] });
  });
}

/**
 * What a character remembers of other scenes in this server; '' where it is not to.
 * @param forEveryone people of any age may be watching
 */
export async function earlierOf(
  store: SceneStore,
  record: SceneRecord,
  cardId: string,
  forEveryone: boolean,
): Promise<string> {
  if (record.server === undefined) return '';
  const memory = await read(store, record.server, cardId);
  const others = (memory?.on ? memory.scenes : []).filter(
    ({ log, grownUp = false }) => log !== record.log && !(grownUp && forEveryone),
  );
  return renderKeepsakes(others, TOLD_CHARS);
}

/** A scene is about to end: whoever of its cast remembers across the server keeps what it witnessed. */
export async function keepScene(room: EngineRoom, live: LiveScene): Promise<void> {
  // What would have been if did not happen.
  if (live.record.branchOf) return;
  const { log, title } = live.record;
  const grownUp = room.guard.grownUp(live.record) ? { grownUp: true } : {};
  try {
    await changeEach(room, live, (memory, id) => {
      const view = live.minds.people.get(id);
      const kept = view ? [...keepsakesOf(view, KEPT_CHARS)] : [];
      const others = memory.scenes.filter((scene) => scene.log !== log);
      if (kept.length === 0) return { ...memory, scenes: others };
      return { ...memory, scenes: [...others, { log, title, kept, ...grownUp }].slice(-MOST_SCENES) };
    });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // The scene ends all the same.
    room.log.warn('scene-not-kept', { scene: live.record.id, error: kindOf(error) });
  }
}

/**
 * A beat of this scene is about to be gone, or to read differently: nobody keeps what it was.
 * @throws StoreError where it could not be erased
 */
export function eraseKept(room: EngineRoom, live: LiveScene, n: number): Promise<void> {
  return changeEach(room, live, (memory, id) => without(memory, live, id, n));
}

/** A character forgets one beat of this scene, or all of it. */
export function forgetKept(room: EngineRoom, live: LiveScene, who: ActorId, n?: number): Promise<void> {
  return changeEach(room, live, (memory, id) => (id === who ? without(memory, live, id, n) : memory));
}

/**
 * Changes what is kept of scenes, in every server and by every character; a scene of which nothing is
 * left is kept no longer.
 */
export async function changeKept(
  { options: { store }, counting }: EngineRoom,
  change: (server: string, scene: KeptOfScene) => KeptOfScene,
): Promise<void> {
  for await (const key of store.ids('server')) {
    const [, server = '', cardId = ''] = /^memory\/([^/]*)\/(.*)$/su.exec(key) ?? [];
    if (server === '') continue;
    await counting.post(async () => {
      const memory = await read(store, server, cardId);
      if (!memory) return;
      const scenes = memory.scenes
        .map((scene) => change(server, scene))
        .filter(({ kept }) => kept.length > 0);
      if (!isDeepStrictEqual(scenes, memory.scenes))
        await write(store, server, cardId, { ...memory, scenes });
    });
  }
}

function without(memory: ServerMemory, live: LiveScene, id: ActorId, n?: number): ServerMemory {
  const { log } = live.record;
  // What is kept of a swipe is kept of the line that it is a version of.
  const of = n === undefined ? undefined : (live.minds.people.get(id)?.place(n)?.n ?? n);
  const scenes = memory.scenes.map((scene) =>
    scene.log === log
      ? { ...scene, kept: scene.kept.filter((one) => of !== undefined && one.n !== of) }
      : scene,
  );
  return { ...memory, scenes: scenes.filter(({ kept }) => kept.length > 0) };
}

/** Of everyone who was ever in the cast and remembers across the server; one at a time, whatever scene asks. */
async function changeEach(
  { options: { store }, counting }: EngineRoom,
  { record: { server }, state }: LiveScene,
  change: (memory: ServerMemory, id: ActorId) => ServerMemory,
): Promise<void> {
  if (server === undefined) return;
  await counting.post(async () => {
    for (const id of state.people.keys()) {
      const cardId = cardIdOf(id);
      if (cardId === undefined) continue;
      const memory = await read(store, server, cardId);
      if (!memory?.on) continue;
      const changed = change(memory, id);
      if (changed !== memory) await write(store, server, cardId, changed);
    }
  });
}

async function read(store: SceneStore, server: string, cardId: string): Promise<ServerMemory | undefined> {
  const stored = await store.get('server', keyOf(server, cardId));
  // What cannot be read is remembered by nobody.
  return memorySchema.safeParse(stored).data;
}

function write(store: SceneStore, server: string, cardId: string, memory: ServerMemory): Promise<void> {
  return store.put('server', keyOf(server, cardId), memory);
}

function keyOf(server: string, cardId: string): string {
  return `memory/${server}/${cardId}`;
}
