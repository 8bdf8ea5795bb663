import type { Notation } from './answer-form.ts';
import type { ChatDelta, ChatModel, ChatRequest } from './chat-model.ts';
import { createNotationChoice } from './choose-notation.ts';
import { type Asked, silenceError } from './model-failures.ts';
import type { ModelSettings } from './model-settings.ts';
import { endpointLabel, openClient } from './open-client.ts';
import { readAnswer } from './read-answer.ts';
import { buildRequestBody } from './request-body.ts';
import { createRequestLimit, type RequestLimit } from './request-limit.ts';
import { sleep as realSleep, type Sleep } from './retry.ts';
import { createSendWhatFits } from './send-what-fits.ts';
import { createSilenceWatch, type SilenceWatch } from './silence-watch.ts';
import { type FailedTry, waitForNextTry } from './try-again.ts';
import { createUsageTally, type UsageTally } from './usage.ts';

export type OpenAiModelOptions = {
  /** Shared by the models of one endpoint; without it the model has a limit of its own. */
  readonly limit?: RequestLimit;
  /** 0 to 1, for the spread of waits. */
  readonly random?: () => number;
  /** Milliseconds of a clock that only goes forward, for usage. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
  /** Told of each try that failed. */
  readonly onFailedTry?: (tried: FailedTry) => void;
};

/**
 * Opens a model at any OpenAI-compatible endpoint.
 *
 * `stream` throws `ModelError` with what to do, or the signal's reason once it is aborted. A failed
 * request is repeated (`attempts` in all, with growing waits or as long as the server asks) only
 * while nothing of its answer has been handed out. Leaving the loop early cancels the request. What
 * the server refuses to understand is left out from then on.
 */
export function createOpenAiModel(settings: ModelSettings, options: OpenAiModelOptions = {}): ChatModel {
  const {
    limit = createRequestLimit(settings),
    random = Math.random,
    now = () => performance.now(),
    sleep = realSleep,
    onFailedTry,
  } = options;
  const asked: Asked = { model: settings.name, endpoint: endpointLabel(settings.baseUrl) };
  const sendWhatFits = createSendWhatFits();
  const chooseNotation = createNotationChoice(settings, (own) =>
    createOpenAiModel(own, { limit, sleep, now }),
  );
  const client = openClient(settings);

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const notation = request.form && (await chooseNotation(request.form, signal));
    for (let failures = 1; ; failures += 1) {
      let handedOut = false;
      const release = await limit.acquire(signal);
      const watch = createSilenceWatch({
        silenceMs: settings.timeoutMs,
        caller: signal,
        onSilence: () => silenceError(asked, settings.timeoutMs),
      });
      let failed: unknown;
      try {
        const tally = createUsageTally({ model: settings.name, messages: request.messages, now });
        const response = await ask(request, notation, watch, tally);
        const { maxTokens } = request;
        const answer = { client, response, maxTokens, watch, caller: signal, tally, asked };
        for await (const delta of readAnswer(answer)) {
          handedOut = true;
          yield delta;
        }
        return;
      } catch (error) {
        failed = error;
      } finally {
        watch.stop();
        release();
      }
      // What was handed out cannot be taken back: no try is left then.
      const attempts = handedOut ? 1 : settings.attempts;
      await waitForNextTry(failed, failures, { attempts, asked, random, sleep, onFailedTry }, signal);
    }
  }

  function ask(
    request: ChatRequest,
    notation: Notation | undefined,
    watch: SilenceWatch,
    tally: UsageTally,
  ): Promise<Response> {
    return sendWhatFits(
      (leftOut) => buildRequestBody(settings, request, leftOut, { notation }),
      ({ path, body }) => {
        watch.heard();
        tally.sent();
        const reply = client.post(path, { body, stream: true, signal: watch.request.signal });
        return watch.wait(reply.asResponse());
      },
    );
  }

  return { ...figuresOf(settings), stream };
}

/** What a model is called and what its settings ask of each turn. */
export function figuresOf({
  name,
  profile,
  contextSize,
  maxTokens,
  temperature,
  planning,
}: ModelSettings): Omit<ChatModel, 'stream'> {
  // HER's weights were trained to plan at length; other models ramble when they are asked to.
  const length = planning ?? (profile === 'her' ? 'full' : 'short');
  return { name, profile, contextSize, maxTokens, temperature, planning: length };
}
