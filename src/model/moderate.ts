import { z } from 'zod';
import { type Asked, notModerationError, readFailure } from './model-failures.ts';
import type { ModelSettings } from './model-settings.ts';
import type { ModerationModel, ModerationVerdict } from './moderation-model.ts';
import { endpointLabel, openClient } from './open-client.ts';
import type { OpenAiModelOptions } from './openai-model.ts';
import { postWatched } from './post-watched.ts';
import { createRequestLimit } from './request-limit.ts';
import { sleep as realSleep, waitBeforeRetry } from './retry.ts';

/** Somebody waits for each line that is looked at: no longer than this for one answer, and not often. */
const PATIENCE_MS = 10_000;
const MOST_ATTEMPTS = 2;

const answerSchema = z.object({
  results: z
    .array(z.object({ flagged: z.boolean(), categories: z.record(z.string(), z.unknown()).default({}) }))
    .min(1),
});

/**
 * Opens a moderation endpoint (`/v1/moderations`) at any address that speaks OpenAI's protocol. Failed
 * requests are repeated once. (Source: OpenAI's API reference, Moderations.)
 */
export function createOpenAiModeration(
  settings: ModelSettings,
  options: Omit<OpenAiModelOptions, 'now'> = {},
): ModerationModel {
  const { limit = createRequestLimit(settings), random = Math.random, sleep = realSleep } = options;
  const { name, baseUrl, extraBody } = settings;
  const timeoutMs = Math.min(settings.timeoutMs, PATIENCE_MS);
  const attempts = Math.min(settings.attempts, MOST_ATTEMPTS);
  const asked: Asked = { model: name, endpoint: endpointLabel(baseUrl) };
  const client = openClient(settings);

  async function tryOnce(input: string, caller: AbortSignal): Promise<ModerationVerdict> {
    const body = { ...extraBody, model: name, input };
    return verdictOf(await postWatched(client, '/moderations', body, { limit, timeoutMs, asked, caller }));
  }

  function verdictOf(answer: unknown): ModerationVerdict {
    const read = answerSchema.safeParse(answer);
    if (!read.success) throw notModerationError(asked);
    const { results } = read.data;
    const categories = results.flatMap((result) =>
      Object.entries(result.categories)
        .filter(([, flagged]) => flagged === true)
        .map(([category]) => category),
    );
    return { flagged: results.some(({ flagged }) => flagged), categories: [...new Set(categories)] };
  }

  return {
    name,
    async check(text, signal) {
      signal.throwIfAborted();
      for (let failures = 1; ; failures += 1) {
        try {
          return await tryOnce(text.toWellFormed(), signal);
        } catch (error) {
          signal.throwIfAborted();
          const { error: failure, askedMs } = readFailure(error, asked);
          const waitMs = waitBeforeRetry({ failures, askedMs, random });
          // Who asks to be left alone for long gets the line held back meanwhile.
          const tooLong = waitMs === undefined || waitMs > PATIENCE_MS;
          if (!failure.retryable || failures >= attempts || tooLong) throw failure;
          await sleep(waitMs, signal);
        }
      }
    },
  };
}
