import type { ChatDelta, ChatRequest } from '../chat-model.ts';

/** One model file; what any of its parts asks of it. */
export type GgufFile = {
  readonly path: string;
  /** Tokens, the answer included. */
  readonly contextSize: number;
};

export type GgufRequest = Pick<
  ChatRequest,
  'messages' | 'maxTokens' | 'temperature' | 'stop' | 'prefill' | 'seed'
> & {
  /** GBNF, from `root`. */
  readonly grammar?: string | undefined;
  readonly jsonSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly sampling: GgufSampling;
};

/** How the next token is chosen beside the temperature, in the words of llama.cpp. */
export type GgufSampling = { readonly topK: number; readonly topP: number; readonly minP: number };

/** Tokens; `cached`: of the prompt, those that were still there from the answer before. */
export type GgufEnd = {
  readonly reason: Extract<ChatDelta, { type: 'end' }>['reason'];
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
};

/** A file in memory. It gives one answer at a time: who asks sees to that. */
export type LoadedGguf = {
  /** Throws the signal’s reason once aborted; only then is it free for the next. */
  answer(
    request: GgufRequest,
    say: (delta: Extract<ChatDelta, { type: 'text' | 'reasoning' }>) => void,
    signal: AbortSignal,
  ): Promise<GgufEnd>;
  close(): Promise<void>;
};

/** What plays files: llama.cpp (`llama-host.ts`), or what stands in for it in tests. */
export type GgufHost = {
  /**
   * Looks at a file without loading it.
   *
   * @returns the tokens that it was trained to read, where it says so
   * @throws OperatorError in one line where it could not be played
   */
  check(file: GgufFile): Promise<{ readonly trainedContext: number | undefined }>;
  /** @throws OperatorError in one line, or the signal’s reason */
  load(file: GgufFile, signal: AbortSignal): Promise<LoadedGguf>;
  close(): Promise<void>;
};
