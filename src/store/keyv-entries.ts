import { Keyv } from 'keyv';

/** What a stored text that is not ours reads as; no writer can produce it. */
export const UNREADABLE = Symbol('unreadable');

/** Entries as an adapter holds them, `{"value":…}` each; undefined where there is none. */
export type Texts = (keys: string[]) => Promise<(string | undefined)[]>;

/**
 * Opens one kind of entry on a Keyv storage adapter (or a `Map`).
 *
 * Failures throw (Keyv's default is to return `false`), keys reach the adapter as they are (each
 * kind has a table, a map or a namespace of its own), and text that cannot be parsed is handed out
 * as `UNREADABLE`: Keyv would throw without naming the key, or take it for an absent value.
 *
 * @param namespace for adapters that separate kinds by it; others leave it out.
 */
export function openEntries(adapter: unknown, namespace?: string): Keyv & { texts: Texts | undefined } {
  const keyv = new Keyv({
    store: adapter,
    throwOnErrors: true,
    useKeyPrefix: false,
    serialize: JSON.stringify,
    deserialize: parseEntry,
  });
  keyv.namespace = namespace;
  return Object.assign(keyv, { texts: holdsTexts(adapter) ? adapter.getMany.bind(adapter) : undefined });
}

/** Our adapters for servers and files do; a `Map` has no such method. */
function holdsTexts(adapter: unknown): adapter is { getMany: Texts } {
  return typeof adapter === 'object' && adapter !== null && 'getMany' in adapter;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape Keyv asks for
function parseEntry(text: string): any {
  try {
    const entry: unknown = JSON.parse(text);
    if (typeof entry === 'object' && entry !== null && 'value' in entry) return entry;
  } catch {
    // Falls through: broken text and foreign text are told alike.
  }
  return { value: UNREADABLE };
}
