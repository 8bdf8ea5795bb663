import { z } from 'zod';
import type { DocumentKind } from '../../store/scene-store.ts';
import type { EngineRoom } from '../engine-room.ts';
import { changeKept } from '../memory/server-memory.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { deliveryKey } from '../show-beat.ts';
import { cancel } from '../turn/turn-loop.ts';
import { inScene } from './in-scene.ts';

const deliverySchema = z.object({ messages: z.array(z.string()) });
const ofLogSchema = z.object({ log: z.string() });

/**
 * Erases a scene and all that was derived from it: its log, its record, the notes of where it stands
 * and of what was heard, what characters keep of it, what moderators were shown of it. May be broken
 * off and asked for again: the record goes last.
 */
export async function eraseScene(room: EngineRoom, registry: Registry, record: SceneRecord): Promise<void> {
  const { store } = room.options;
  const { log } = record;
  await inScene(registry, record, async (live) => {
    if (live) {
      cancel(room, live);
      // Whatever is still asked of it finds it over, and nothing in it to write down.
      const { saves: _saves, cues: _cues, ...kept } = live.record;
      live.record = { ...kept, id: log, status: 'ended', title: '-', owner: '', rooms: [] };
    }
    registry.forget(record);
  });
  await changeKept(room, (_server, scene) => (scene.log === log ? { ...scene, kept: [] } : scene));
  await room.audit.eraseQuotes({ log });
  await room.choices.erase({ log });
  room.traces.forget(log);
  for await (const beat of store.read(log)) {
    if (beat.source !== undefined) await store.remove('heard', beat.source);
    const delivery = deliverySchema.safeParse(await store.get('delivery', deliveryKey(log, beat.n)));
    for (const message of delivery.data?.messages ?? []) {
      await removeReports(room, record, message);
      await store.remove('message', message);
    }
    if (beat.source !== undefined) await removeReports(room, record, beat.source);
  }
  for (const kind of ['server', 'stage', 'counter'] as const) await removeWhere(room, kind, isOfLog(log));
  for (const { id } of record.rooms) {
    const found = ofLogSchema.safeParse(await store.get('room', id));
    if (found.data?.log === log) await store.remove('room', id);
  }
  await store.erase(log);
  if (record.id !== log) await store.remove('scene', record.id);
}

/** Keys of documents that belong to a scene hold its log's key, as a whole part of theirs. */
function isOfLog(log: string): (key: string) => boolean {
  return (key) => `/${key}/`.includes(`/${log}/`);
}

export async function removeWhere(
  { options: { store } }: Pick<EngineRoom, 'options'>,
  kind: DocumentKind,
  is: (key: string) => boolean,
): Promise<void> {
  const found = (await Array.fromAsync(store.ids(kind))).filter(is);
  for (const key of found) await store.remove(kind, key);
}

async function removeReports(
  { options: { store } }: EngineRoom,
  { server }: SceneRecord,
  message: string,
): Promise<void> {
  if (server !== undefined) await store.remove('server', `report/${server}/${message}`);
}
