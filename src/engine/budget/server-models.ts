import { z } from 'zod';
import { OperatorError, PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Models } from '../models.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { OfferedModel } from './model-shelf.ts';
import type { ServerModels } from './server-models-api.ts';

/** One line without spaces: what stands in a header. */
const keySchema = z.string().regex(/^[\x21-\x7e]{8,500}$/);

/** By model; with each the address that it was given for. It goes nowhere else, whatever the operator changes. */
const keysSchema = z.record(z.string(), z.object({ key: z.string(), place: z.string() })).catch({});
type Keys = z.infer<typeof keysSchema>;

/** Which models play by a server's own key, and as which of the offered. */
const byOwnKey = new WeakMap<Models, string>();

/** The id of the offered model that these are, where a server's own key opened them. */
export function ownKeyOf(models: Models): string | undefined {
  return byOwnKey.get(models);
}

/** @param current the operator's models now */
export function createServerModels(
  room: EngineRoom,
  current: () => Models,
): ServerModels & {
  /** Reads a server's keys, so that its models can be told at once from then on. */
  load(server: string | undefined): Promise<void>;
  modelsFor(record: SceneRecord, cardId?: string): Models;
} {
  const { store, shelf } = room.options;
  const loaded = new Map<string, Keys>();
  const documentOf = (server: string) => `model-keys/${server}`;

  async function keysOf(server: string): Promise<Keys> {
    const known = loaded.get(server);
    if (known) return known;
    const stored = await store.get('server', documentOf(server));
    const found = keysSchema.safeParse(stored ?? {});
    // Another key would cost somebody else, and send words elsewhere.
    if (!found.success) {
      throw new OperatorError(
        `The model keys of server ${server} cannot be read: they must be set again there.`,
      );
    }
    const read = found.data;
    loaded.set(server, read);
    return read;
  }

  /** One change at a time, each on top of what is stored. */
  async function change(server: string, next: (keys: Keys) => Keys): Promise<void> {
    await room.counting.post(async () => {
      // Keys that cannot be read are lost: new ones take their place.
      const keys = next(keysSchema.safeParse(await store.get('server', documentOf(server))).data ?? {});
      if (Object.keys(keys).length > 0) await store.put('server', documentOf(server), keys);
      else await store.remove('server', documentOf(server));
      loaded.set(server, keys);
    });
  }

  const offeredAs = (id: string) => shelf?.offered().find((one) => one.id === id);

  function keyFor(keys: Keys | undefined, id: string): string | undefined {
    const kept = keys && Object.hasOwn(keys, id) ? keys[id] : undefined;
    const offered = offeredAs(id);
    return kept && offered?.takesKey && offered.place === kept.place ? kept.key : undefined;
  }

  function takingKey(id: string): OfferedModel {
    const offered = offeredAs(id);
    if (!offered)
      throw new PlayerError(say('No model “{{id}}” is offered. /model list shows which are.', { id }));
    if (!offered.takesKey)
      throw new PlayerError(say('{{id}} takes no key: the operator has one for it.', { id }));
    if (store.keepsSecrets) return offered;
    throw new PlayerError(
      'Keys cannot be kept here: the operator of this bot must set DATA_KEY first, so that they are encrypted.',
    );
  }

  return {
    offered: () => shelf?.offered() ?? [],
    checkTakesKey: (id) => void takingKey(id),
    async keepKey(server, id, key) {
      const { place } = takingKey(id);
      const checked = keySchema.safeParse(key.trim());
      if (!checked.success)
        throw new PlayerError('That is no key: it must be one word of 8 to 500 characters.');
      await change(server, (keys) => ({ ...keys, [id]: { key: checked.data, place } }));
    },
    async dropKey(server, id) {
      const had = Object.hasOwn(await keysOf(server), id);
      await change(server, ({ [id]: _dropped, ...others }) => others);
      return had;
    },
    async keys(server) {
      const keys = await keysOf(server);
      return Object.keys(keys).filter((id) => keyFor(keys, id) !== undefined);
    },
    async missing(server, id) {
      const offered = offeredAs(id);
      if (!offered) return 'not-offered';
      return offered.needsKey && keyFor(await keysOf(server), id) === undefined ? 'no-key' : undefined;
    },

    async load(server) {
      if (server !== undefined && shelf) await keysOf(server);
    },
    modelsFor(record, cardId) {
      const { model } = room.rulesFor(record, cardId);
      if (model === '' || !shelf) return current();
      const key = record.server === undefined ? undefined : keyFor(loaded.get(record.server), model);
      const models = shelf.open(model, key);
      if (!models) return current();
      if (key !== undefined) byOwnKey.set(models, model);
      return models;
    },
  };
}
