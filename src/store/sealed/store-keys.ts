import { existsSync } from 'node:fs';
import { OperatorError } from '../../errors.ts';
import type { EntryConnection } from '../keyv-store.ts';
import { createDataKeys, type DataKey } from './data-key.ts';
import { ENTRY_KINDS } from './entry-kinds.ts';
import { keyFileOf, makeKeyFile, readKeyFile } from './key-file.ts';
import { isSealed } from './sealed-value.ts';

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
  if (file === undefined) return createDataKeys(dataKeys);
  const kept = readKeyFile(file);
  if (dataKeys.length + kept.length > 0) return createDataKeys([...dataKeys, ...kept]);
  // A new key would open nothing of it, and would be taken for the right one from then on.
  if (await holdsSealed(connection)) {
    throw new OperatorError(
      `The store is sealed and its key is gone: set DATA_KEY to it, or put ${file} back from a copy.`,
    );
  }
  return createDataKeys(makeKeyFile(file));
}

/** Looks at one entry of each kind: once a store has a key, all that it writes is sealed. */
async function holdsSealed(connection: EntryConnection): Promise<boolean> {
  for (const kind of ENTRY_KINDS) {
    for await (const [, stored] of connection.open(kind).iterator?.(undefined) ?? []) {
      if (isSealed(stored)) return true;
      break;
    }
  }
  return false;
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
