import type { AnswerForm } from './answer-form.ts';
import type { Planning } from './model-settings.ts';

export type { AnswerForm } from './answer-form.ts';

/**
 * What the performer, the director and the judge ask of a model. The one file of this room that
 * other rooms may import; `openai` stays behind it.
 */
export type ChatMessage = {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
};

export type ChatRequest = {
  readonly messages: readonly ChatMessage[];
  readonly stop?: readonly string[];
  readonly maxTokens: number;
  readonly temperature: number;
  /** Text the reply is made to begin with, where the endpoint can; it is not repeated in the deltas. */
  readonly prefill?: string;
  /** Asks for JSON of this shape; a model that cannot is still asked, and its text is parsed. */
  readonly jsonSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /** The form that the answer is held to where the endpoint can and `constrain` says so. */
  readonly form?: AnswerForm;
  readonly seed?: number;
};

/** Tokens; milliseconds since the request was sent. */
export type ModelUsage = {
  readonly model: string;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly msToFirst: number;
  readonly msToLast: number;
};

export type ChatDelta =
  | { readonly type: 'text'; readonly text: string }
  /** A reasoning model's own channel (`reasoning_content`); hidden, like system thinking. */
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'end';
      readonly reason: 'stop' | 'length' | 'filter' | 'other';
      readonly usage: ModelUsage;
    };

/** `her`: the released weights' training layout, plan block pre-opened. `plain`: any chat model. */
export type ModelProfile = 'her' | 'plain';

export type ChatModel = {
  /** As the endpoint calls it; shown to people. */
  readonly name: string;
  readonly profile: ModelProfile;
  /** Tokens the model can read; prompts are kept below it. */
  readonly contextSize: number;
  /** What its settings ask of each turn: tokens of an answer, temperature, length of the plan. */
  readonly maxTokens: number;
  readonly temperature: number;
  readonly planning: Planning;
  /** Throws `ModelError` (never the client library's own) and stops at once when aborted. */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta>;
};

export type ModelFailure =
  | 'unreachable'
  | 'refused-key'
  | 'unknown-model'
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'bad-request'
  | 'broken-stream';

/** A model could not answer. `message` says what to do, for the operator; it never quotes a prompt. */
export class ModelError extends Error {
  readonly failure: ModelFailure;
  readonly retryable: boolean;

  constructor(failure: ModelFailure, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ModelError';
    this.failure = failure;
    this.retryable = options.retryable;
  }
}
