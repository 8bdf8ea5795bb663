import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { DocumentKind, SceneStore } from '../../store/scene-store.ts';
import { type Cleaning, cleanValue } from './erase-in-beat.ts';

/** Documents of these kinds may be a person's own, under their id, or hold what people wrote. */
const PERSONAL: readonly DocumentKind[] = ['server', 'stage', 'person', 'counter', 'audit'];

/** Which of them hold what people wrote: reports, blocks, the moderators' log. */
const WRITTEN = /^(?:report|block)\//u;

const bySchema = z.object({ by: z.string() });
/** An entry that names somebody who perhaps was never in a scene; their words were not kept in it. */
const heldBackSchema = z.object({ entry: z.object({ kind: z.literal('held-back'), by: z.string() }) });

/**
 * Erases a person from all documents that are not a scene: their own go, and in those that others
 * wrote nothing names them. What a server's moderators set about them stays: who is blocked, who may
 * play (ids and dates, no word of theirs).
 */
export async function eraseDocuments(store: SceneStore, person: string, cleaning: Cleaning): Promise<void> {
  for (const kind of PERSONAL) {
    // All of them first: a list that is being read does not bear that it changes.
    const keys = await Array.fromAsync(store.ids(kind));
    for (const key of keys) {
      if (isKept(kind, key, person)) continue;
      if (key.split('/').includes(person)) await store.remove(kind, key);
      else if (kind === 'audit' || WRITTEN.test(key)) await cleanDocument(store, kind, key, person, cleaning);
    }
  }
}

/** Their own wish, that an erasure is under way, and that a server blocks them. */
function isKept(kind: DocumentKind, key: string, person: string): boolean {
  if (kind === 'person') return key === consentKey(person) || isErasingKey(key, person);
  return kind === 'server' && key.startsWith('block/') && key.endsWith(`/${person}`);
}

async function cleanDocument(
  store: SceneStore,
  kind: DocumentKind,
  key: string,
  person: string,
  cleaning: Cleaning,
): Promise<void> {
  const found = await store.get(kind, key);
  const held = heldBackSchema.safeParse(found).data;
  if (held?.entry.by === person) return store.remove(kind, key);
  const by = bySchema.safeParse(found).data?.by === person;
  if (by && key.startsWith('report/')) return store.remove(kind, key);
  const left = by && typeof found === 'object' && found !== null ? without(found, 'reason') : found;
  const after = cleanValue(left, cleaning, (field) => !IDS.has(field));
  if (!isDeepStrictEqual(after, found)) await store.put(kind, key, after);
}

// Everything else in them may have been written by someone.
const IDS: ReadonlySet<string> = new Set([
  'kind',
  'scene',
  'log',
  'by',
  'about',
  'channel',
  'messages',
  'message',
]);

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));
}

export function consentKey(person: string): string {
  return `consent/${person}`;
}

/** That an erasure is under way; where processes share the store, each group of servers has one of its own. */
export function erasingKey(person: string, group?: string): string {
  return group === undefined ? `erasing/${person}` : `erasing/${encodeURIComponent(group)}/${person}`;
}

function isErasingKey(key: string, person: string): boolean {
  return key.startsWith('erasing/') && key.endsWith(`/${person}`);
}
