import { setTimeout as sleep } from 'node:timers/promises';
import type { EntryConnection } from '../keyv-store.ts';
import { readStoreVersion, STORE_VERSION, writeStoreVersion } from './store-version.ts';
import { toVersion2 } from './to-version-2.ts';

/** By the version that it begins with; each may be broken off and done again. */
const STEPS: Readonly<Record<number, (connection: EntryConnection) => Promise<void>>> = { 1: toVersion2 };

const LEASE = 'migration';
const LEASE_MS = 60_000;
const WAIT_MS = 200;

/**
 * Brings a store that an older Dramatis wrote into today’s form, step by step; after each its version is
 * noted, and one that was killed in the middle is gone through again at the next start. A file is copied
 * beforehand (`<file>.before-v<version>`), so that there is a way back.
 *
 * Of several processes that start at once one does it, and the others wait.
 *
 * @param stored as things lie there
 * @param opened the same, with its values opened and sealed
 * @throws OperatorError where a newer Dramatis wrote it
 */
export async function bringUpToDate(stored: EntryConnection, opened: EntryConnection): Promise<void> {
  while ((await readStoreVersion(stored)) < STORE_VERSION) {
    const fence = await stored.leases?.take(LEASE, 'migration', LEASE_MS);
    if (stored.leases && !fence) {
      await sleep(WAIT_MS);
      continue;
    }
    try {
      await takeSteps(stored, opened);
    } finally {
      if (fence) await stored.leases?.release(fence);
    }
  }
}

async function takeSteps(stored: EntryConnection, opened: EntryConnection): Promise<void> {
  let version = await readStoreVersion(stored);
  if (version < STORE_VERSION && (await holdsAnything(stored))) stored.keepCopy?.(`before-v${version}`);
  for (; version < STORE_VERSION; version += 1) {
    await STEPS[version]?.(opened);
    await writeStoreVersion(stored, version + 1);
  }
}

async function holdsAnything(connection: EntryConnection): Promise<boolean> {
  for (const kind of ['scene', 'server', 'beat'] as const) {
    for await (const _ of connection.open(kind).iterator?.(undefined) ?? []) return true;
  }
  return false;
}
