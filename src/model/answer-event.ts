import { z } from 'zod';
import type { ChatDelta } from './chat-model.ts';
import type { ServerUsage } from './usage.ts';

type EndReason = Extract<ChatDelta, { type: 'end' }>['reason'];

/** One event of a stream in our words, whichever server sent it. */
export type AnswerEvent = {
  readonly text: string;
  readonly reasoning: string;
  /** The model declined in a channel of its own. */
  readonly declined: boolean;
  readonly finish: EndReason | undefined;
  readonly usage: ServerUsage | undefined;
  /** Which model answers, in the server’s own words, with the mark of its build where it has one. */
  readonly served: string | undefined;
};

const string = z.string().nullish();
/** More than any model reads or writes; budgets are counted in these, and a server may say anything. */
const MOST_TOKENS = 1_000_000_000;
const count = z.int().min(0).max(MOST_TOKENS).nullish().catch(undefined);
/** Mistral's reasoning models send a list, thinking and text in turn. */
const partSchema = z.object({ text: string, thinking: z.array(z.object({ text: string })).nullish() });
const saidSchema = z.object({
  content: z.union([string, z.array(partSchema)]),
  /** DeepSeek, vLLM, llama.cpp; Ollama and OpenRouter say `reasoning`. */
  reasoning_content: string,
  reasoning: string,
  refusal: string,
});
const choiceSchema = z.object({
  index: z.number().nullish().catch(undefined),
  delta: saidSchema.nullish(),
  /** A whole answer, of a server that does not stream. */
  message: saidSchema.nullish(),
  /** Legacy completions. */
  text: string,
  finish_reason: string,
});
const named = z.string().nullish().catch(undefined);
const eventSchema = z.object({
  model: named,
  system_fingerprint: named,
  choices: z.array(choiceSchema).nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
      /** DeepSeek. */
      prompt_cache_hit_tokens: count,
    })
    .nullish()
    .catch(undefined),
});

/** Reads an event of a stream, or a whole answer. Throws `ZodError` on any other shape. */
export function readAnswerEvent(event: unknown): AnswerEvent {
  const { choices, usage, model, system_fingerprint: build } = eventSchema.parse(event);
  // One answer was asked for; others that come with it are none of ours.
  const choice = choices?.find(({ index }) => (index ?? 0) === 0);
  const said = choice?.delta ?? choice?.message;
  const parts = Array.isArray(said?.content) ? said.content : [{ text: said?.content ?? choice?.text }];
  const thinking = parts.flatMap((part) => ('thinking' in part ? (part.thinking ?? []) : []));
  return {
    text: joinTexts(parts),
    reasoning: said?.reasoning_content ?? said?.reasoning ?? joinTexts(thinking),
    declined: Boolean(said?.refusal),
    finish: choice?.finish_reason ? readFinish(choice.finish_reason) : undefined,
    usage: usage
      ? {
          promptTokens: usage.prompt_tokens ?? undefined,
          cachedTokens:
            usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? undefined,
          completionTokens: usage.completion_tokens ?? undefined,
        }
      : undefined,
    served: model ? (build ? `${model} (${build})` : model) : undefined,
  };
}

function joinTexts(parts: readonly { readonly text?: string | null | undefined }[]): string {
  return parts.map((part) => part.text ?? '').join('');
}

function readFinish(finish: string): EndReason {
  switch (finish) {
    case 'stop':
    case 'eos':
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'length':
    case 'max_tokens':
      return 'length';
    case 'content_filter':
      return 'filter';
    default:
      return 'other';
  }
}
