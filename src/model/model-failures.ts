import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ModelError, type ModelFailure } from './chat-model.ts';
import { readRetryAfter } from './retry.ts';

/** Who was asked, in words that may be shown. */
export type Asked = { readonly model: string; readonly endpoint: string };

type Failure = {
  readonly error: ModelError;
  /** Milliseconds that the server asks to be left alone. */
  readonly askedMs: number | undefined;
  /** Of the HTTP answer; absent where none came, or where what came as a success was none. */
  readonly status: number | undefined;
};

/**
 * Says what an error of the client library, the network or the wire means and what to do about it.
 *
 * What the server wrote is never passed on: servers echo prompts and parts of keys in their errors.
 * Only status numbers and short error codes are. For the same reason the error carries no `cause`.
 */
export function readFailure(error: unknown, asked: Asked): Failure {
  if (error instanceof ModelError) return { error, askedMs: undefined, status: undefined };
  if (error instanceof APIConnectionTimeoutError) return failure(...slowConnection(asked));
  if (error instanceof APIConnectionError) return failure(...unreachable(error, asked));
  if (error instanceof APIError) {
    const askedMs = readRetryAfter(error.headers, Date.now());
    return { ...failure(...refusal(error, asked, askedMs)), askedMs, status: statusOf(error) };
  }
  const name = error instanceof Error ? shortCode(error.name) : undefined;
  return failure(
    'broken-stream',
    `The answer of ${nameOf(asked)} broke off or made no sense${inBrackets(name)}. If it happens often, look at that server's own log.`,
    true,
  );
}

/** The model said nothing for `timeoutMs`. */
export function silenceError(asked: Asked, timeoutMs: number): ModelError {
  return new ModelError(
    'timeout',
    `${nameOf(asked)} was silent for ${timeoutMs / 1000} s. Give it more time (timeoutMs), or use a smaller model or a faster server.`,
    { retryable: true },
  );
}

/** The answer ended without a finish reason and without `[DONE]`. */
export function cutOffError(asked: Asked): ModelError {
  return new ModelError(
    'broken-stream',
    `The answer of ${nameOf(asked)} ended in the middle. If it happens often, look at that server's own log.`,
    { retryable: true },
  );
}

/** Something answers there that is not a model server. */
export function notAModelError(asked: Asked, contentType: string): ModelError {
  const type = /^[\w.+/-]{1,60}/.exec(contentType)?.[0] ?? 'something else';
  return new ModelError(
    'bad-request',
    `${asked.endpoint} sent ${type}, not a model's answer. Check the address: most end in /v1.`,
    { retryable: false },
  );
}

/** What answers there has no vector for each text. */
export function notEmbeddingsError(asked: Asked): ModelError {
  return new ModelError(
    'bad-request',
    `${nameOf(asked)} sent no embeddings. Check MODEL_EMBED: it must name a model made for them.`,
    { retryable: false },
  );
}

/** What answers there says nothing of what is flagged. */
export function notModerationError(asked: Asked): ModelError {
  return new ModelError(
    'bad-request',
    `${nameOf(asked)} sent no moderation. Check MODEL_MODERATION: it must name a model made for that.`,
    { retryable: false },
  );
}

type Verdict = [failure: ModelFailure, message: string, retryable: boolean];

function failure(kind: ModelFailure, message: string, retryable: boolean): Failure {
  return { error: new ModelError(kind, message, { retryable }), askedMs: undefined, status: undefined };
}

function nameOf({ model, endpoint }: Asked): string {
  return `${model} at ${endpoint}`;
}

function slowConnection({ endpoint }: Asked): Verdict {
  return ['timeout', `${endpoint} took too long to answer. Check that it runs and can be reached.`, true];
}

function unreachable(error: Error, { endpoint }: Asked): Verdict {
  const code = causeCode(error);
  if (code?.startsWith('UND_ERR') && code.endsWith('TIMEOUT')) return slowConnection({ endpoint, model: '' });
  const certificate = code !== undefined && /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(code);
  const what = certificate
    ? 'Its certificate is not trusted: check the address, or name the authority in NODE_EXTRA_CA_CERTS.'
    : 'Start the model server there, or correct its address.';
  return ['unreachable', `Nothing can be reached at ${endpoint}${inBrackets(code)}. ${what}`, !certificate];
}

function refusal(error: APIError, asked: Asked, askedMs: number | undefined): Verdict {
  const { model, endpoint } = asked;
  const status = statusOf(error);
  const codes = inBrackets([status, toldCode(error.code), toldCode(error.type)].filter(Boolean).join(' '));
  const said = saidBy(error);
  switch (status) {
    case 401:
    case 403:
      return [
        'refused-key',
        `${endpoint} refused the key${codes}. Check the key and what it may use.`,
        false,
      ];
    case 402:
      return ['refused-key', `${endpoint} wants to be paid${codes}. Check the account's credit.`, false];
    case 404:
      return /model/i.test(said)
        ? ['unknown-model', `${endpoint} has no model "${model}"${codes}. Choose one that it has.`, false]
        : ['bad-request', `${endpoint} has no such address${codes}. Check it: most end in /v1.`, false];
    case 429:
      return /insufficient_quota|billing|credit/i.test(said)
        ? [
            'rate-limited',
            `${endpoint} says that the account's quota is used up${codes}. Check its credit.`,
            false,
          ]
        : ['rate-limited', `${endpoint} is asked too often${codes}.${againIn(askedMs)}${SLOW_DOWN}`, true];
    case 408:
    case 409:
    case 425:
      return ['server-error', `${endpoint} was not ready${codes}. Try again.`, true];
    default:
  }
  if (status !== undefined && status < 400) {
    return [
      'bad-request',
      `${endpoint} sends on to another address${codes}. Set that one, if you trust it.`,
      false,
    ];
  }
  if (status !== undefined && status < 500) {
    return isTooLong(error)
      ? ['bad-request', `The prompt is too long for ${nameOf(asked)}${codes}. Lower its contextSize.`, false]
      : [
          'bad-request',
          `${nameOf(asked)} refused the request${codes}. Check maxTokens, extraBody and profile.`,
          false,
        ];
  }
  return ['server-error', `${nameOf(asked)} failed${codes}. Look at that server's own log.`, true];
}

const SLOW_DOWN = ' Lower requestsPerMinute or concurrency.';

function againIn(askedMs: number | undefined): string {
  return askedMs === undefined ? '' : ` It asks to wait ${Math.ceil(askedMs / 1000)} s.`;
}

/** Whether the server refused because prompt and answer do not fit; no other wording helps then. */
export function isTooLong(error: APIError): boolean {
  return /context.{0,10}(length|window|size)|maximum context|too many tokens|(prompt|input|request).{0,20}too (long|large)|exceeds?.{0,40}(context|tokens)/i.test(
    saidBy(error),
  );
}

/** All that a server said of its refusal: to be searched, never shown. */
export function saidBy(error: APIError): string {
  return `${error.message} ${error.code} ${error.param} ${error.type}`;
}

/** A status, also where it came as the code of an error inside a stream. */
export function statusOf(error: APIError): number | undefined {
  if (error.status !== undefined) return error.status;
  const code = Number(error.code);
  return code >= 400 && code < 600 ? code : undefined;
}

function causeCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? shortCode(cause.code) : undefined;
    if (code !== undefined) return code;
    if (cause instanceof AggregateError && cause.errors.length > 0) return causeCode(cause.errors[0]);
  }
  return undefined;
}

function shortCode(code: unknown): string | undefined {
  return typeof code === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,48}$/.test(code) ? code : undefined;
}

/** A code that the server wrote: words, without the digits and dashes that keys are made of. */
function toldCode(code: unknown): string | undefined {
  return typeof code === 'string' && /^[A-Za-z][A-Za-z_.]{0,48}$/.test(code) ? code : undefined;
}

function inBrackets(text: string | undefined): string {
  return text === undefined || text === '' ? '' : ` (${text})`;
}
