import { z } from 'zod';
import type { EngineRoom } from '../engine-room.ts';
import type { Registry } from '../registry.ts';
import { MACHINE } from '../settings/levels-of-place.ts';
import { serves } from '../territory.ts';
import { eraseScene, removeWhere } from './erase-scene.ts';

const GRACE_MS = 14 * 24 * 3600 * 1000;
const leftSchema = z.object({ leftAt: z.number() });
const PREFIX = 'left/';
/** Documents of a server that are there also where no scene ever played. */
const OF_SERVER = /^(?:config|standing|left|model-keys|cards)\/([^/]+)$/u;

/** Servers that the bot was removed from: when, until they are erased. */
export function createLeftServers(room: EngineRoom, registry: Registry) {
  const { store } = room.options;

  async function eraseServer(server: string): Promise<number> {
    const records = (await Array.fromAsync(registry.records())).filter((one) => one.server === server);
    const channels = new Set(records.flatMap(({ log, parent }) => [channelOf(log), parent ?? '']));
    for (const record of records) await eraseScene(room, registry, record);
    await room.audit.erase(server);
    await room.cards.erase({ server });
    await room.principles.erase({ server });
    await forgetSettings(server);
    await removeWhere(room, 'webhook', (channel) => channels.has(channel));
    await removeWhere(room, 'stage', (key) => key.split('/').some((part) => channels.has(part)));
    for (const kind of ['server', 'counter', 'stage'] as const) {
      await removeWhere(room, kind, (key) => key.split('/').includes(server));
    }
    return records.length;
  }

  /** They are in memory, too. */
  async function forgetSettings(server: string): Promise<void> {
    const { revision, levels } = await room.settings.whole(server);
    if (Object.keys(levels).length > 0) await room.settings.replace(server, {}, revision);
  }

  async function left(server: string): Promise<void> {
    if ((await store.get('server', PREFIX + server)) !== undefined) return;
    await store.put('server', PREFIX + server, { leftAt: room.clock.now() });
  }

  const back = (server: string): Promise<void> => store.remove('server', PREFIX + server);

  /** All that this process serves of which anything is stored. */
  async function known(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for await (const { stage, server } of registry.records()) {
      if (stage === 'discord' && server !== undefined) found.add(server);
    }
    for await (const key of store.ids('server')) {
      const server = OF_SERVER.exec(key)?.[1];
      if (server !== undefined) found.add(server);
    }
    for await (const server of store.ids('principle')) if (server !== MACHINE) found.add(server);
    return new Set([...found].filter((server) => serves(room.options, server)));
  }

  return {
    eraseServer,
    left,
    back,
    async are(present: ReadonlySet<string>): Promise<void> {
      for (const server of await known()) await (present.has(server) ? back(server) : left(server));
    },
    /** Erases those whose time of grace is over; a clock that was set back makes it begin anew. */
    async sweep(): Promise<number> {
      let erased = 0;
      for (const key of await Array.fromAsync(store.ids('server'))) {
        if (!key.startsWith(PREFIX)) continue;
        const server = key.slice(PREFIX.length);
        if (!serves(room.options, server)) continue;
        const found = leftSchema.safeParse(await store.get('server', key)).data;
        const now = room.clock.now();
        if (!found || found.leftAt > now) await store.put('server', key, { leftAt: now });
        else if (now >= found.leftAt + GRACE_MS) erased += await eraseServer(server);
      }
      return erased;
    },
  };
}

/** The channel that a scene on Discord is in, from its log's key `discord:<channel>#<n>`. */
function channelOf(log: string): string {
  return log.replace(/^[a-z]+:/u, '').replace(/#\d+$/u, '');
}
