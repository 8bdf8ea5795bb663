import { beatKeys, readBeatKey } from '../beat-keys.ts';
import { UNREADABLE } from '../keyv-entries.ts';
import type { Entries, EntryConnection, EntryKind } from '../keyv-store.ts';
import { ENTRY_KINDS } from '../sealed/entry-kinds.ts';
import type { BackupEntry } from './backup-file.ts';

const PAGE = 256;

/**
 * All that a store holds, as it lies there, also while others write: documents first and logs after them,
 * each from its first beat to its end. So no log has a gap, and none is shorter than what a document says of
 * it. Scenes that were erased meanwhile are named as removed at last.
 */
export async function* entriesOfStore(connection: EntryConnection): AsyncGenerator<BackupEntry> {
  const scenes: string[] = [];
  for (const kind of ENTRY_KINDS) {
    if (kind === 'beat') continue;
    for await (const entry of documents(connection.open(kind), kind)) {
      if (kind === 'scene') scenes.push(entry.key);
      yield entry;
    }
  }
  const beats = connection.open('beat');
  for (const [log, length] of await logsIn(beats)) yield* beatsOf(beats, log, length);
  const records = connection.open('scene');
  for (const key of scenes) if (!(await records.has(key))) yield { kind: 'scene', key };
}

async function* documents(entries: Entries, kind: EntryKind): AsyncGenerator<BackupEntry> {
  // Redis may name a key twice while it rearranges its tables.
  const seen = new Set<string>();
  for await (const [key, value] of entries.iterator?.(undefined) ?? []) {
    if (seen.has(key)) continue;
    seen.add(key);
    yield { kind, key, value: whole(value) };
  }
}

/** Each log, and how long it was at least. */
async function logsIn(beats: Entries): Promise<ReadonlyMap<string, number>> {
  const logs = new Map<string, number>();
  for await (const [key] of beats.iterator?.(undefined) ?? []) {
    const { log, n } = readBeatKey(key);
    logs.set(log, Math.max(n, logs.get(log) ?? 0));
  }
  return logs;
}

async function* beatsOf(beats: Entries, log: string, length: number): AsyncGenerator<BackupEntry> {
  for (let first = 1; first <= length; first += PAGE) {
    const keys = beatKeys(log, first, Math.min(PAGE, length - first + 1));
    const values = await beats.getMany(keys);
    for (const [i, key] of keys.entries()) {
      // It is being erased, from its end.
      if (values[i] === undefined) return;
      yield { kind: 'beat', key, value: whole(values[i]) };
    }
  }
}

/** What cannot be read stays in its place, as something that cannot be read. */
function whole(value: unknown): unknown {
  return value === UNREADABLE ? { damaged: true } : value;
}
