import { z } from 'zod';
import type { EmbeddingModel } from './embedding-model.ts';
import { type Asked, notEmbeddingsError, readFailure } from './model-failures.ts';
import type { ModelSettings } from './model-settings.ts';
import { endpointLabel, openClient } from './open-client.ts';
import type { OpenAiModelOptions } from './openai-model.ts';
import { postWatched } from './post-watched.ts';
import { createRequestLimit } from './request-limit.ts';
import { sleep as realSleep, waitBeforeRetry } from './retry.ts';

/** Texts in one request. */
const BATCH = 64;
/** Characters of one text: small models read 512 tokens and refuse more. */
const LONGEST_TEXT = 1500;

const answerSchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
});

/**
 * Opens an embeddings model at any OpenAI-compatible endpoint. Failed requests are repeated as those
 * of a chat model are; more texts than one request may hold are asked for in several, one after
 * another.
 */
export function createOpenAiEmbeddings(
  settings: ModelSettings,
  options: Omit<OpenAiModelOptions, 'now'> = {},
): EmbeddingModel {
  const { limit = createRequestLimit(settings), random = Math.random, sleep = realSleep } = options;
  const { name, baseUrl, timeoutMs, attempts, extraBody } = settings;
  const asked: Asked = { model: name, endpoint: endpointLabel(baseUrl) };
  const client = openClient(settings);

  async function embedBatch(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await tryOnce(texts, signal);
      } catch (error) {
        signal.throwIfAborted();
        const { error: failure, askedMs } = readFailure(error, asked);
        const waitMs = waitBeforeRetry({ failures, askedMs, random });
        if (!failure.retryable || failures >= attempts || waitMs === undefined) throw failure;
        await sleep(waitMs, signal);
      }
    }
  }

  async function tryOnce(texts: readonly string[], caller: AbortSignal): Promise<Float32Array[]> {
    // Some servers know no other form than plain numbers.
    const body = { ...extraBody, model: name, input: texts, encoding_format: 'float' };
    const answer = await postWatched(client, '/embeddings', body, { limit, timeoutMs, asked, caller });
    return vectorsOf(answer, texts.length);
  }

  function vectorsOf(answer: unknown, count: number): Float32Array[] {
    const read = answerSchema.safeParse(answer);
    if (!read.success) throw notEmbeddingsError(asked);
    const sorted = read.data.data.toSorted((one, other) => one.index - other.index);
    const length = sorted[0]?.embedding.length;
    const fits = sorted.every(({ index, embedding }, at) => index === at && embedding.length === length);
    if (sorted.length !== count || !fits) throw notEmbeddingsError(asked);
    return sorted.map(({ embedding }) => Float32Array.from(embedding));
  }

  return {
    name,
    async embed(texts, signal) {
      signal.throwIfAborted();
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += BATCH) {
        const batch = texts.slice(start, start + BATCH);
        vectors.push(...(await embedBatch(batch.map(readable), signal)));
      }
      return vectors;
    },
  };
}

/** Its beginning where it is long; an empty text is refused by most servers. */
function readable(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed().trim() || '.';
}
