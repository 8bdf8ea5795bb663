import { z } from 'zod';
import { beatSchema } from '../../scene/beat.ts';
import { readBeatKey } from '../beat-keys.ts';
import { UNREADABLE } from '../keyv-entries.ts';
import type { EntryConnection, EntryKind } from '../keyv-store.ts';
import { StoreError } from '../scene-store.ts';
import type { DataKey } from '../sealed/data-key.ts';
import { ENTRY_KINDS } from '../sealed/entry-kinds.ts';
import { openValue, type Place, sealedBy } from '../sealed/sealed-value.ts';
import type { Finding } from './finding.ts';
import { createLogBook, type LogBook } from './log-book.ts';

export type Examined = { readonly entries: number; readonly findings: readonly Finding[] };

/** The log of a scene’s record; undefined where that is none. */
export type LogOfRecord = (record: unknown) => string | undefined;

/** What says in which log, and in which beat of it, something is. */
const pointerSchema = z.object({ log: z.string(), n: z.int().optional() });

/** What cannot be read: it is damaged, or its key is not here. */
const DAMAGED = Symbol('damaged');
const LOCKED = Symbol('locked');

/**
 * Reads every entry of a store that nobody else writes to, and says what is wrong: entries that cannot be
 * read, logs with gaps, logs without a scene, and what points to beats that are not there.
 *
 * @param stored as things lie there
 */
export async function examine(
  stored: EntryConnection,
  keys: readonly DataKey[],
  logOfRecord: LogOfRecord,
): Promise<Examined> {
  const findings: Finding[] = [];
  const locked = new Map<string, number>();
  let entries = 0;

  async function* readAll(kind: EntryKind): AsyncGenerator<{ key: string; value: unknown }> {
    for await (const [key, lies] of stored.open(kind).iterator?.(undefined) ?? []) {
      entries += 1;
      const value = readValue({ kind, key }, lies, keys);
      const id = sealedBy(lies);
      if (value === LOCKED && id !== undefined) locked.set(id, (locked.get(id) ?? 0) + 1);
      yield { key, value };
    }
  }

  const book = createLogBook();
  for await (const { key, value } of readAll('beat')) book.note(key, value === LOCKED || isBeat(key, value));
  const logs = new Set<string>();
  let lockedScenes = false;
  for await (const { key, value } of readAll('scene')) {
    if (value === LOCKED) lockedScenes = true;
    const log = typeof value === 'symbol' ? undefined : logOfRecord(value);
    if (log !== undefined) logs.add(log);
    else if (value !== LOCKED) findings.push(damagedEntry('scene', key));
  }
  // Which log is that of a record whose key is not here, nobody can say.
  if (!lockedScenes) findings.push(...book.takeOutAllBut(logs));
  findings.push(...book.cuts());
  for (const kind of ENTRY_KINDS) {
    if (kind === 'beat' || kind === 'scene') continue;
    const lost: Place[] = [];
    for await (const { key, value } of readAll(kind)) {
      if (value === DAMAGED) findings.push(damagedEntry(kind, key));
      else if (value !== LOCKED && pointsNowhere(kind, key, value, book)) lost.push({ kind, key });
    }
    if (lost.length > 0)
      findings.push({ text: `${lost.length} of ${kind} point to beats that are not there`, places: lost });
  }
  for (const [id, count] of locked) {
    const text = `${count} entries are sealed with the key ${id}, which is not here: add it to DATA_KEY, or put the .key file back`;
    findings.push({ text, places: [] });
  }
  return { entries, findings };
}

function readValue(place: Place, lies: unknown, keys: readonly DataKey[]): unknown {
  if (lies === UNREADABLE || lies === undefined) return DAMAGED;
  const id = sealedBy(lies);
  if (id !== undefined && !keys.some((key) => key.id === id)) return LOCKED;
  try {
    return openValue(keys, place, lies);
  } catch (error) {
    if (error instanceof StoreError) return DAMAGED;
    throw error;
  }
}

function isBeat(key: string, value: unknown): boolean {
  const beat = beatSchema.safeParse(value).data;
  return beat?.n === readBeatKey(key).n;
}

function damagedEntry(kind: EntryKind, key: string): Finding {
  return { text: `${kind} ${key} is damaged`, places: [{ kind, key }] };
}

function pointsNowhere(kind: EntryKind, key: string, value: unknown, book: LogBook): boolean {
  if (kind === 'delivery') {
    const at = key.lastIndexOf('/');
    return !book.has(key.slice(0, at), Number(key.slice(at + 1)));
  }
  if (kind !== 'room' && kind !== 'message' && kind !== 'heard') return false;
  const { log, n = 1 } = pointerSchema.safeParse(value).data ?? {};
  return log !== undefined && !book.has(log, n);
}
