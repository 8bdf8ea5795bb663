import { type Sought, textOf } from '../../cast/memory/recall.ts';
import type { Vectors } from '../../cast/memory/vectors.ts';
import { ModelError } from '../../model/chat-model.ts';
import type { EmbeddingModel } from '../../model/embedding-model.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { LiveScene } from '../live-scene.ts';
import type { TurnOptions } from '../turn/made-turn.ts';

/** Milliseconds that a turn waits for embeddings. */
const PATIENCE_MS = 2000;
/** Milliseconds that an endpoint is left alone after it failed. */
const PAUSE_MS = 60_000;
/** Entries that one turn has embedded, newest first; small requests, so that a slow endpoint gets on. */
const MOST_NEW = 512;
const BATCH = 32;

/**
 * For each thing that is said, older entries that mean something like it, nearest first. What has no
 * vector yet is given one, as far as time allows; the next turn goes on from there. Where the
 * endpoint fails nothing is found, and the log says so once a scene.
 *
 * @throws the signal's reason once it is aborted
 */
export async function nearInMeaning(
  live: LiveScene,
  vectors: Vectors,
  model: EmbeddingModel,
  said: readonly string[],
  sought: Omit<Sought, 'weak'>,
  { clock, log }: Pick<TurnOptions, 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<readonly (readonly ViewEntry[])[]> {
  const { embedFailedAt } = live;
  if (embedFailedAt !== undefined && clock.now() - embedFailedAt < PAUSE_MS) return [];
  const patience = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(PATIENCE_MS, AbortSignal.any([signal, done.signal])).then(
    () => patience.abort(),
    () => undefined,
  );
  const either = AbortSignal.any([signal, patience.signal]);

  let queries: readonly Float32Array[] = [];
  try {
    queries = await model.embed(said, either);
    const wanted = vectors.missing(sought.upTo, MOST_NEW);
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH);
      const made = await model.embed(batch.map(textOf), either);
      for (const [at, vector] of made.entries()) {
        const entry = batch[at];
        if (entry) vectors.put(entry, vector);
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    const late = patience.signal.aborted;
    if (!late && !(error instanceof ModelError)) throw error;
    // Out of time with some of it done is no failure.
    if (!late || queries.length === 0) {
      const failure = error instanceof ModelError ? error.failure : 'timeout';
      if (embedFailedAt === undefined) log.warn('recall-by-words-alone', { scene: live.record.id, failure });
      live.embedFailedAt = clock.now();
    }
  } finally {
    done.abort();
    await timer;
  }
  return queries.map((query) => vectors.nearest(query, sought));
}
