import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UNREADABLE } from '../keyv-entries.ts';
import type { Entries, EntryConnection } from '../keyv-store.ts';
import { DamagedError, UnknownKeyError } from '../scene-store.ts';

/**
 * Who may read thoughts was part of a scene’s record and is a setting of the scene; what channels,
 * categories and servers set were documents of their own and stand in one of the server’s.
 */
export async function toVersion2(connection: EntryConnection): Promise<void> {
  const [scenes, servers] = [connection.open('scene'), connection.open('server')];
  const serverOf = new Map<string, string>();
  for (const id of await idsOf(scenes)) {
    const record = recordSchema.safeParse(await readable(scenes, id)).data;
    if (!record) continue;
    noteServer(serverOf, record);
    await movePeek(record, id, scenes, servers);
  }
  for (const key of await idsOf(servers)) await moveSettings(key, serverOf, servers);
}

const recordSchema = z.looseObject({
  id: z.string(),
  log: z.string(),
  server: z.string().optional(),
  parent: z.string().optional(),
  category: z.string().optional(),
  peek: z.unknown().optional(),
});
type StoredRecord = z.infer<typeof recordSchema>;

const settingsSchema = z.record(z.string(), z.unknown()).catch({});
const configSchema = z.object({
  revision: z.int().min(0).catch(0),
  levels: z.record(z.string(), settingsSchema).catch({}),
});

/** What it was where nobody chose. */
const USUAL_PEEK = 'owner';

async function movePeek(record: StoredRecord, id: string, scenes: Entries, servers: Entries): Promise<void> {
  const { peek, ...others } = record;
  if (!('peek' in record)) return;
  const key = `settings/scene/${record.log}`;
  const settings = settingsSchema.parse(await readable(servers, key));
  // The setting first: one that was broken off in between finds the record as it was.
  if (peek !== USUAL_PEEK && !('peek' in settings)) await servers.set(key, { ...settings, peek });
  await scenes.set(id, others);
}

/** Of a channel or a category only the scenes there say which server it belongs to. */
function noteServer(serverOf: Map<string, string>, { id, server, parent, category }: StoredRecord): void {
  if (server === undefined) return;
  serverOf.set(`server/${server}`, server);
  serverOf.set(`channel/${id.slice(id.indexOf(':') + 1)}`, server);
  if (parent !== undefined) serverOf.set(`channel/${parent}`, server);
  if (category !== undefined) serverOf.set(`category/${category}`, server);
}

async function moveSettings(key: string, serverOf: Map<string, string>, servers: Entries): Promise<void> {
  const [, level, id] = /^settings\/(server|category|channel)\/(.+)$/su.exec(key) ?? [];
  if (level === undefined || id === undefined) return;
  const server = level === 'server' ? id : serverOf.get(`${level}/${id}`);
  // Nobody knows any more whose it is: it stays, and nothing goes by it.
  if (server === undefined) return;
  const name = level === 'server' ? 'server' : `${level}/${id}`;
  const { revision, levels } = configSchema.parse((await readable(servers, `config/${server}`)) ?? {});
  const moved = { ...settingsSchema.parse(await readable(servers, key)), ...levels[name] };
  // Moved before, and then it was broken off.
  if (!isDeepStrictEqual(levels[name], moved)) {
    await servers.set(`config/${server}`, { revision: revision + 1, levels: { ...levels, [name]: moved } });
  }
  await servers.delete(key);
}

/**
 * What is damaged counts as absent: it stays as it is, and is told where it is needed.
 * @throws UnknownKeyError: with that key it could be brought up to date, and later nobody would
 */
async function readable(entries: Entries, key: string): Promise<unknown> {
  try {
    const value = await entries.get(key);
    return value === UNREADABLE ? undefined : value;
  } catch (error) {
    if (error instanceof DamagedError && !(error instanceof UnknownKeyError)) return undefined;
    throw error;
  }
}

/** All of them first: what is written meanwhile may come up again in a listing. */
async function idsOf(entries: Entries): Promise<readonly string[]> {
  const ids = new Set<string>();
  for await (const [id] of entries.iterator?.(undefined) ?? []) ids.add(id);
  return [...ids];
}
