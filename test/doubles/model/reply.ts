import type { RecordedRequest } from './recorded-request.ts';

/** What the double answers: a good answer, or one of the ways in which servers fail. */
export type Reply = string | TextReply | FaultReply;
export type ReplySource = Reply | ((request: RecordedRequest) => Reply | Promise<Reply>);

export type TextReply = {
  readonly text?: string;
  /** Sent before the text, as `reasoning_content` deltas. */
  readonly reasoning?: string;
  /** The field that carries the reasoning; servers differ. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning';
  /** UTF-16 code units of one delta; 1 cuts surrogate pairs in half. */
  readonly deltaLength?: number;
  /** Bytes of one write to the socket, taken in turn; each write has a turn of the event loop. */
  readonly writeLengths?: readonly number[];
  /** Milliseconds before each delta. */
  readonly pauseMs?: number;
  /** `null`: none is sent. */
  readonly finishReason?: string | null;
  /** Whether the stream ends with `[DONE]`. */
  readonly done?: boolean;
  /** `none`: the server does not count. Without it: four characters a token, nothing cached. */
  readonly usage?: 'none' | { readonly prompt: number; readonly cached: number; readonly completion: number };
  /** Replaces `text/event-stream`. */
  readonly contentType?: string;
  /** Put before the answer, as a server's keep-alive comments are. */
  readonly preamble?: string;
};

export type FaultReply =
  | {
      readonly fault: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as JSON unless it is a string. */
      readonly body?: unknown;
    }
  /** The connection is closed before an answer. For a port where nobody listens: `deadUrl`. */
  | { readonly fault: 'hang-up' }
  /** Silence after so many deltas; without `after` even before the headers. Ends with the client. */
  | { readonly fault: 'stall'; readonly after?: number }
  /** The socket is cut after so many deltas. */
  | { readonly fault: 'cut'; readonly after: number }
  /** The body ends properly after so many deltas, but neither finish reason nor `[DONE]` was sent. */
  | { readonly fault: 'truncated'; readonly after: number }
  /** All was said but the connection stays open, without `[DONE]` or usage. */
  | { readonly fault: 'never-closed' }
  | { readonly fault: 'garbage'; readonly after: number; readonly line?: string }
  | { readonly fault: 'html' }
  | { readonly fault: 'error-in-stream'; readonly after: number; readonly error: unknown }
  /** Deltas, or one line, without end. */
  | { readonly fault: 'endless'; readonly kind: 'deltas' | 'line' | 'empty-deltas' }
  | { readonly fault: 'filter'; readonly after: number }
  | { readonly fault: 'empty' }
  /** A server that was asked to stream and answers whole. */
  | { readonly fault: 'not-streamed' };

/** What the faulty answers say until they fail. */
export const FAULT_TEXT = '<system_thinking>';

/** How OpenAI refuses a field that a model does not take. */
export function unsupportedParameter(param: string): Reply {
  const message = `Unsupported parameter: '${param}' is not supported with this model.`;
  const error = { message, type: 'invalid_request_error', param, code: 'unsupported_parameter' };
  return { fault: 'status', status: 400, body: { error } };
}
