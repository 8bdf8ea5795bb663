import { existsSync } from 'node:fs';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import type { EntryConnection } from '../keyv-store.ts';
import { createDataKeys, type DataKey } from './data-key.ts';
import { ENTRY_KINDS } from './entry-kinds.ts';
import { keyFileOf, makeKeyFile, readKeyFile } from './key-file.ts';
import { sealedBy } from './sealed-value.ts';

/** The key file that belongs to a `STORE_URL`; undefined where the store is no file of ours. */
export function keyFileFor(storeUrl: string): string | undefined {
  const path = /^sqlite:\/\/(.+)$/s.exec(storeUrl)?.[1];
  return path === undefined ? undefined : keyFileOf(path);
}

/**
 * The keys of a store, the one that seals first: those of DATA_KEY and then, so that what it sealed
 * still opens, the key file's. A SQLite store without either is given a key file; other stores are
 * not sealed then.
 *
 * @throws OperatorError where the key file is bad, or gone although the store was sealed.
 */
export async function keysOfStore(
  storeUrl: string,
  dataKeys: readonly Uint8Array[],
  connection: EntryConnection,
): Promise<readonly DataKey[]> {
  const file = keyFileFor(storeUrl);
  const keys = createDataKeys([...dataKeys, ...(file === undefined ? [] : readKeyFile(file))]);
  if (keys.length > 0 || file === undefined) return keys;
  // A new key would open nothing of it, and would be taken for the right one from then on.
  if ((await sealersOf(connection)).length > 0) {
    throw new OperatorError(
      `The store is sealed and its key is gone: set DATA_KEY to it, or put ${file} back from a copy.`,
    );
  }
  return createDataKeys(makeKeyFile(file));
}

/**
 * The keys that are there for a store, and none is made.
 * @throws OperatorError where the key file is bad
 */
export function keysThere(storeUrl: string, dataKeys: readonly Uint8Array[]): readonly DataKey[] {
  const file = keyFileFor(storeUrl);
  return createDataKeys([...dataKeys, ...(file === undefined ? [] : readKeyFile(file))]);
}

const NOTED = 'keys';
const notedSchema = z.array(z.string());

/**
 * Notes in the store itself which keys seal it, and refuses to go on where none of them is here: what is said from
 * then on would lie there under another key than all before it, or under none.
 *
 * @throws OperatorError naming the keys
 */
export async function checkKeys(
  storeUrl: string,
  keys: readonly DataKey[],
  connection: EntryConnection,
): Promise<void> {
  const file = keyFileFor(storeUrl);
  const noted = notedSchema.safeParse(await connection.open('meta').get(NOTED)).data;
  // Servers hold too much to be looked through at each start.
  const ids = noted ?? (file === undefined ? [] : await sealersOf(connection));
  if (ids.length > 0 && !keys.some(({ id }) => ids.includes(id))) {
    const orFile = file === undefined ? '' : `, or put ${file} back from a copy`;
    throw new OperatorError(
      `The store is sealed with the key ${ids.join(', ')}, which is not here: add that key to DATA_KEY${orFile}.`,
    );
  }
  const [first] = keys;
  if (first && !noted?.includes(first.id)) await noteKeys(connection, [...ids, first.id]);
}

/** Notes the ids of the keys that seal a store. */
export async function noteKeys(connection: EntryConnection, ids: readonly string[]): Promise<void> {
  await connection.open('meta').set(NOTED, [...new Set(ids)]);
}

/** By one entry of each kind: once a store has a key, all that it writes is sealed. */
async function sealersOf(connection: EntryConnection): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const kind of ENTRY_KINDS) {
    for await (const [, stored] of connection.open(kind).iterator?.(undefined) ?? []) {
      const id = sealedBy(stored);
      if (id !== undefined) ids.add(id);
      break;
    }
  }
  return [...ids];
}

/**
 * What an operator should know about how people's words lie in the store, in one line; undefined
 * where all is as it should be (a key kept elsewhere, or nothing kept at all).
 */
export function sealingWarning(storeUrl: string, dataKeys: readonly Uint8Array[]): string | undefined {
  if (storeUrl.startsWith('memory:')) return undefined;
  const file = keyFileFor(storeUrl);
  if (dataKeys.length > 0) {
    return file !== undefined && existsSync(file)
      ? `DATA_KEY seals, and ${file} still opens what it sealed: run dramatis store seal, then delete that file`
      : undefined;
  }
  return file === undefined
    ? "people's words are stored unsealed: set DATA_KEY to encrypt them, then run dramatis store seal"
    : `people's words are sealed with ${file}, and the key lies beside what it protects; set DATA_KEY to keep it elsewhere`;
}
