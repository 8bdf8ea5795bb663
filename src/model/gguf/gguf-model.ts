import { z } from 'zod';
import {
  type AnswerForm,
  type ChatDelta,
  type ChatModel,
  type ChatRequest,
  ModelError,
} from '../chat-model.ts';
import type { ModelSettings } from '../model-settings.ts';
import { figuresOf } from '../openai-model.ts';
import { createUsageTally, type UsageTally } from '../usage.ts';
import type { GgufFiles, GgufTurn } from './gguf-files.ts';
import type { GgufRequest, GgufSampling } from './gguf-host.ts';

export type GgufModelOptions = {
  readonly files: GgufFiles;
  /** Milliseconds of a clock that only goes forward, for usage. */
  readonly now?: (() => number) | undefined;
};

/** As llama.cpp’s own server has it; `extraBody` may say otherwise, in that server’s words. */
const samplingSchema = z.object({
  top_k: z.int().min(0).max(1_000_000).default(40),
  top_p: z.number().min(0).max(1).default(0.95),
  min_p: z.number().min(0).max(1).default(0.05),
});

/**
 * Opens a model that is a file on this machine. It answers one request after the other; who is aborted
 * while they wait leaves the row, and who is aborted while they are answered frees it.
 *
 * `stream` throws `ModelError` with what to do, or the signal’s reason once it is aborted. Leaving the loop
 * early ends the answer. Nothing is tried twice: what fails here fails again.
 */
export function createGgufModel(
  settings: ModelSettings,
  { files, now = () => performance.now() }: GgufModelOptions,
): ChatModel {
  const sampling = samplingOf(settings);

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const turn = await takeTurn(files, settings, signal);
    const tally = createUsageTally({ model: settings.name, messages: request.messages, now });
    tally.sent();
    const deltas = answer(turn, requestOf(request, settings, sampling), tally);
    try {
      yield* deltas;
    } catch (error) {
      turn.signal.throwIfAborted();
      throw failure(error);
    }
  }

  return { ...figuresOf(settings), stream };
}

async function takeTurn(files: GgufFiles, settings: ModelSettings, signal: AbortSignal): Promise<GgufTurn> {
  try {
    return await files.take(settings, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw failure(error);
  }
}

/**
 * One answer as a stream. The file is free for the next as soon as the answer has ended, which for one that
 * was aborted may be a moment after its reader was told.
 */
function answer(
  { loaded, signal, release }: GgufTurn,
  request: GgufRequest,
  tally: UsageTally,
): ReadableStream<ChatDelta> {
  const leaving = new AbortController();
  const either = AbortSignal.any([signal, leaving.signal]);
  return new ReadableStream<ChatDelta>({
    start(controller) {
      const abort = () => controller.error(either.reason);
      if (either.aborted) abort();
      else either.addEventListener('abort', abort, { once: true });
      const say = (delta: ChatDelta & { readonly text: string }) => {
        if (either.aborted) return;
        tally.received(delta.text);
        controller.enqueue(delta);
      };
      const ended = (async () => {
        try {
          const { reason, ...counted } = await loaded.answer(request, say, either);
          if (either.aborted) return;
          tally.counted(counted);
          controller.enqueue({ type: 'end', reason, usage: tally.total() });
          controller.close();
        } catch (error) {
          if (!either.aborted) controller.error(error);
        } finally {
          either.removeEventListener('abort', abort);
          release();
        }
      })();
      // Not awaited by the stream, or nothing could be read before the end; it never rejects.
      void ended;
    },
    cancel(reason) {
      leaving.abort(reason);
    },
  });
}

function requestOf(request: ChatRequest, settings: ModelSettings, sampling: GgufSampling): GgufRequest {
  const { form, jsonSchema, ...rest } = request;
  return {
    ...rest,
    sampling,
    grammar: form && isHeld(form, settings) ? form.grammar : undefined,
    jsonSchema: jsonSchema?.schema,
  };
}

/** A grammar says all that the other notations say. With `auto`, HER’s weights write the form by themselves. */
function isHeld({ again }: AnswerForm, { constrain, profile }: ModelSettings): boolean {
  return constrain !== 'off' && (constrain !== 'auto' || profile !== 'her' || again);
}

function samplingOf({ extraBody }: ModelSettings): GgufSampling {
  const {
    top_k: topK,
    top_p: topP,
    min_p: minP,
  } = samplingSchema.catch(samplingSchema.parse({})).parse(extraBody);
  return { topK, topP, minP };
}

function failure(error: unknown): ModelError {
  const message = error instanceof Error ? error.message : String(error);
  return new ModelError('bad-request', message, { retryable: false, cause: error });
}
