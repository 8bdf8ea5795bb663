import { z } from 'zod';
import type { SceneStore } from '../../store/scene-store.ts';
import type { Text, Value } from '../../words/text.ts';
import { createMailbox } from '../mailbox.ts';
import type { AuditEntry } from './audit-api.ts';

/** A server's log holds so many entries, and none that is older. */
export const MOST_ENTRIES = 500;
export const OLDEST_MS = 90 * 24 * 3600 * 1000;

/**
 * `kept`: nobody shows it. `due`: to be shown. `tried`: it may stand on the surface or not, and is not
 * shown again. Else where it stands.
 */
export type Shown = 'kept' | 'due' | 'tried' | Readonly<z.infer<typeof standingSchema>>;
export type KeptEntry = { readonly entry: AuditEntry; readonly shown: Shown };

/** The entries of all servers in storage, one write each. What is done to them is done one at a time. */
export type AuditShelf = {
  /** Returns the entry's key; keys of a server grow. */
  add(server: string, kept: KeptEntry): Promise<string>;
  /** Oldest first. */
  keys(server: string): Promise<readonly string[]>;
  servers(): Promise<readonly string[]>;
  read(key: string): Promise<KeptEntry | undefined>;
  /** Returns what is stored then; undefined where there is no such entry any more. */
  change(key: string, next: (kept: KeptEntry) => KeptEntry): Promise<KeptEntry | undefined>;
  /** Keys of the entries with a quote of which this is true, in all servers. */
  quoting(is: (entry: AuditEntry) => boolean): Promise<readonly string[]>;
  erase(server: string): Promise<void>;
};

const textSchema: z.ZodType<Text> = z.lazy(() => z.union([z.string(), messageSchema, z.array(textSchema)]));
const messageSchema = z.object({
  text: z.string(),
  values: z.record(
    z.string(),
    z.lazy(() => valueSchema),
  ),
}) as z.ZodType<Exclude<Text, string | readonly Text[]>>;
const valueSchema: z.ZodType<Value> = z.union([
  z.string(),
  z.number(),
  messageSchema,
  z.array(z.union([z.string(), messageSchema])),
]);
const entrySchema = z.object({
  kind: z.string(),
  at: z.number(),
  text: textSchema,
  scene: z.string().optional(),
  log: z.string().optional(),
  beat: z.int().optional(),
  beats: z.array(z.int()).optional(),
  by: z.string().optional(),
  about: z.array(z.string()).optional(),
  quote: z.string().optional(),
  message: z.string().optional(),
}) as unknown as z.ZodType<AuditEntry>;
const standingSchema = z.object({ channel: z.string(), messages: z.array(z.string()) });
const keptSchema = z.object({
  entry: entrySchema,
  shown: z.union([z.enum(['kept', 'due', 'tried']), standingSchema]),
});

const DIGITS = 15;
/** At the end of the key of an entry that holds somebody's words. */
const QUOTES = 'q';

export function createAuditShelf(store: SceneStore, now: () => number): AuditShelf {
  const turns = createMailbox();
  let index: Promise<Map<string, string[]>> | undefined;
  /** Whose words are in which entry, without the words; read when it is first asked. */
  let quotes: Map<string, AuditEntry> | undefined;
  let last = 0;

  /** Keys by server; read once, and from then on kept up to date. */
  function known(): Promise<Map<string, string[]>> {
    index ??= load().catch((error: unknown) => {
      index = undefined;
      throw error;
    });
    return index;
  }

  async function load(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for await (const key of store.ids('audit')) keysOf(found, serverOf(key)).push(key);
    for (const keys of found.values()) {
      keys.sort();
      last = Math.max(last, timeOf(keys.at(-1) ?? '/0'));
      await prune(keys);
    }
    return found;
  }

  /** Removes what is too old or too much. */
  async function prune(keys: string[]): Promise<void> {
    const oldest = now() - OLDEST_MS;
    for (;;) {
      const [key] = keys;
      if (key === undefined || (keys.length <= MOST_ENTRIES && timeOf(key) >= oldest)) return;
      await remove(key, keys);
    }
  }

  async function remove(key: string, keys: string[]): Promise<void> {
    await store.remove('audit', key);
    keys.shift();
    quotes?.delete(key);
  }

  async function read(key: string): Promise<KeptEntry | undefined> {
    const found = keptSchema.safeParse(await store.get('audit', key));
    return found.success ? found.data : undefined;
  }

  async function quotesIn(servers: Map<string, string[]>): Promise<Map<string, AuditEntry>> {
    const found = new Map<string, AuditEntry>();
    for (const key of [...servers.values()].flat()) {
      const entry = key.endsWith(QUOTES) ? (await read(key))?.entry : undefined;
      if (entry?.quote !== undefined) found.set(key, withoutQuote(entry));
    }
    return found;
  }

  return {
    add: (server, kept) =>
      turns.post(async () => {
        const keys = keysOf(await known(), server);
        // A clock that was set back does not put the new before the old.
        last = Math.max(last + 1, kept.entry.at);
        const mark = kept.entry.quote === undefined ? '' : QUOTES;
        const key = `${server}/${String(last).padStart(DIGITS, '0')}${mark}`;
        await store.put('audit', key, kept);
        keys.push(key);
        if (mark) quotes?.set(key, withoutQuote(kept.entry));
        await prune(keys);
        return key;
      }),
    keys: (server) =>
      turns.post(async () => {
        const keys = (await known()).get(server) ?? [];
        await prune(keys);
        return [...keys];
      }),
    servers: () => turns.post(async () => [...(await known()).keys()]),
    read: (key) => turns.post(() => read(key)),
    change: (key, next) =>
      turns.post(async () => {
        const kept = await read(key);
        if (!kept) return undefined;
        const changed = next(kept);
        if (changed !== kept) await store.put('audit', key, changed);
        if (changed.entry.quote === undefined) quotes?.delete(key);
        return changed;
      }),
    quoting: (is) =>
      turns.post(async () => {
        quotes ??= await quotesIn(await known());
        return [...quotes].filter(([, entry]) => is(entry)).map(([key]) => key);
      }),
    erase: (server) =>
      turns.post(async () => {
        const keys = (await known()).get(server) ?? [];
        for (const key of [...keys]) await remove(key, keys);
      }),
  };
}

/** The same entry without anybody's words. */
export function withoutQuote({ quote: _, ...entry }: AuditEntry): AuditEntry {
  return entry;
}

/** When an entry was noted, or a little later; milliseconds since the epoch. */
export function timeOf(key: string): number {
  return Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 10);
}

function serverOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

function keysOf(index: Map<string, string[]>, server: string): string[] {
  const keys = index.get(server) ?? [];
  index.set(server, keys);
  return keys;
}
