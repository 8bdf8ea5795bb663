import { readFile } from 'node:fs/promises';
import { sceneRecordSchema } from '../../../engine/scene-record.ts';
import { OperatorError } from '../../../errors.ts';
import type { Origin } from '../../../scene/beat.ts';
import { isMarkedDiscord, originOf, originOfKeepsake } from '../../../scene/origin.ts';
import type { SceneStore } from '../../../store/scene-store.ts';

/** Something that was asked for, by its name, and where its words came from. */
export type Source = { readonly name: string; readonly origin: Origin };

/** Every scene of a store: of its record and all of its beats the least free origin. */
export async function* scenesIn(store: SceneStore, signal: AbortSignal): AsyncGenerator<Source> {
  for (const id of await Array.fromAsync(store.ids('scene'))) {
    signal.throwIfAborted();
    const record = sceneRecordSchema.safeParse(await store.get('scene', id)).data;
    const origins: (Origin | undefined)[] = [record?.origin];
    if (record) for await (const { origin } of store.read(record.log)) origins.push(origin);
    yield { name: id, origin: originOf([...new Set(origins)]) };
  }
}

/**
 * A file: a keepsake by its mark, without which it counts as Discord's. `ownText`: it may be any text
 * of the person's own, which bears none.
 *
 * @throws OperatorError where it cannot be read
 */
export async function fileSource(path: string, ownText: boolean): Promise<Source> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
  if (ownText) return { name: path, origin: isMarkedDiscord(text) ? 'discord' : 'local' };
  return { name: path, origin: originOfKeepsake(text) };
}
