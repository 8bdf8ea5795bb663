import { sceneRecordSchema } from '../../../../src/engine/scene-record.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import { ENTRY_KINDS } from '../../../../src/store/sealed/entry-kinds.ts';

/** All that a store holds, opened: keys and values of every kind, and every log. */
export async function allStored(store: SceneStore): Promise<string> {
  const rows: unknown[] = [];
  for (const kind of ENTRY_KINDS) {
    if (kind === 'beat') continue;
    for (const id of await Array.fromAsync(store.ids(kind))) {
      const value = await store.get(kind, id);
      rows.push([kind, id, value]);
      if (kind === 'scene') rows.push(await Array.fromAsync(store.read(sceneRecordSchema.parse(value).log)));
    }
  }
  return JSON.stringify(rows);
}
