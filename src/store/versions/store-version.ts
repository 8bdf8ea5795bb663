import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import type { EntryConnection } from '../keyv-store.ts';

/** The form in which this Dramatis stores things. One more for each change that an older one could not read. */
export const STORE_VERSION = 2;

/** Stores of before there were versions. */
const UNTOLD = 1;

const KEY = 'version';
const RESTORING = 'restoring';
const versionSchema = z.object({ version: z.int().min(1) });

/**
 * The form in which a store was written. It is never sealed: whoever lacks the key must still see it.
 *
 * @throws OperatorError where a newer Dramatis wrote it, or it holds half a backup
 */
export async function readStoreVersion(connection: EntryConnection): Promise<number> {
  const meta = connection.open('meta');
  if (await meta.has(RESTORING)) {
    throw new OperatorError(
      'A backup was being restored into this store, and not to its end: do it again, with --replace.',
    );
  }
  const stored = await meta.get(KEY);
  if (stored === undefined) return UNTOLD;
  const read = versionSchema.safeParse(stored);
  if (!read.success) {
    throw new OperatorError('The store’s version cannot be read: restore the store from a backup.');
  }
  const { version } = read.data;
  if (version <= STORE_VERSION) return version;
  throw new OperatorError(
    `A newer Dramatis wrote this store (version ${version} of its form; this one knows ${STORE_VERSION}): start that one, or restore a backup from before it.`,
  );
}

/** Notes the form in which the whole store is written by now. */
export async function writeStoreVersion(connection: EntryConnection, version: number): Promise<void> {
  await connection.open('meta').set(KEY, { version });
}

/** Notes that a backup is being restored into it, or is restored: in between nobody opens it. */
export async function noteRestoring(connection: EntryConnection, is: boolean): Promise<void> {
  const meta = connection.open('meta');
  if (is) await meta.set(RESTORING, true);
  else await meta.delete(RESTORING);
}
