import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Segment } from '../../format/segments.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { CHOICE, saltKey } from './choice-key.ts';

const saltSchema = z.object({ salt: z.string().min(32) });

/** Says of a version which one it is, and nothing of what it says. */
export type VersionHasher = (segments: readonly Segment[]) => string;

/**
 * HMAC-SHA-256 over the log's key and all segments of a version, thoughts too: two versions that differ
 * only in what was thought are two candidates to a judge. The key is a random secret of that log which
 * stays in the store, so that whoever is handed a hash cannot try out sentences; from the log and the
 * secret it comes out the same again.
 */
export async function hasherOf(store: Pick<SceneStore, 'get' | 'put'>, log: string): Promise<VersionHasher> {
  const key = saltKey(log);
  const known = saltSchema.safeParse(await store.get(CHOICE, key)).data;
  const { salt } = known ?? { salt: randomBytes(32).toString('hex') };
  if (!known) await store.put(CHOICE, key, { salt });
  return (segments) =>
    createHmac('sha256', salt)
      .update(JSON.stringify([log, segments.map(({ kind, text }) => [kind, text])]))
      .digest('hex');
}
