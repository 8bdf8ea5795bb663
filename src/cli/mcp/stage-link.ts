import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OperatorError, PlayerError } from '../../errors.ts';
import { type ClientMessage, SUBPROTOCOL } from '../../stage/web/protocol.ts';
import {
  type ServerMessage,
  type ServerMessageOf,
  serverMessageSchema,
} from '../../stage/web/server-message.ts';
import { asTyped } from '../../words/text.ts';
import { untilAborted } from '../until-aborted.ts';

/** A message as it is asked; the link numbers it. */
type Unnumbered<M> = M extends unknown ? Omit<M, 're'> : never;
export type Question = Unnumbered<ClientMessage>;

/** One socket to a running stage. */
export type StageLink = {
  readonly hello: ServerMessageOf<'hello'>;
  /** Aborted, with an `OperatorError` that says why, once the stage is gone. */
  readonly gone: AbortSignal;
  /**
   * Asks, and waits for the answer.
   * @throws PlayerError in the stage's own words where it says no, the reason of `gone` or of `signal`
   */
  ask<T extends ServerMessage['type']>(
    question: Question,
    answer: T,
    signal: AbortSignal,
  ): Promise<ServerMessageOf<T>>;
  close(): Promise<void>;
};

/** Milliseconds until a stage that took the connection has to answer. */
const PATIENCE_MS = 10_000;
/** Bytes of one message: what the stage keeps waiting for a slow reader, and room to spare. */
const LARGEST_MESSAGE = 16 * 1024 * 1024;

/**
 * Joins the stage as an application (docs/protocol.md).
 *
 * @param options.hear told every message that answers nothing, in order
 * @param options.patienceMs milliseconds until it must have greeted
 * @throws OperatorError where no stage is there, or it lets this token not in
 */
export async function linkToStage(options: {
  readonly url: string;
  readonly token: string;
  readonly hear: (message: ServerMessage) => void;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}): Promise<StageLink> {
  const { url, token, hear, signal, patienceMs = PATIENCE_MS } = options;
  signal.throwIfAborted();
  const going = new AbortController();
  const waiting = new Map<string, (answer: ServerMessage) => void>();
  const greeted = Promise.withResolvers<ServerMessageOf<'hello'>>();
  let asked = 0;

  const socket = new WebSocket(url, SUBPROTOCOL, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: patienceMs,
    maxPayload: LARGEST_MESSAGE,
  });
  const leave = (reason: OperatorError) => {
    going.abort(reason);
    greeted.reject(reason);
  };
  socket.on('unexpected-response', (request, { statusCode = 0 }) => {
    request.destroy();
    leave(new OperatorError(refused(url, statusCode)));
  });
  socket.on('error', (error: NodeJS.ErrnoException) =>
    leave(new OperatorError(unreachable(url, error), error)),
  );
  socket.on('close', (code) => leave(new OperatorError(ended(url, code))));
  socket.on('message', (data) => take(String(data)));

  function take(text: string): void {
    const read = serverMessageSchema.safeParse(readJson(text));
    // A newer stage may say more than is known here; what is known is read.
    if (read.success) pass(read.data);
  }

  function pass(message: ServerMessage): void {
    const answered = 're' in message && message.re !== undefined ? waiting.get(message.re) : undefined;
    if (message.type === 'hello') greeted.resolve(message);
    else if (message.type === 'error' && message.code === 'version')
      leave(new OperatorError(message.message));
    // What opens a scene is heard by all, too: the story begins with it.
    else if (!answered || message.type === 'opened') hear(message);
    answered?.(message);
  }

  const late = setTimeout(() => leave(new OperatorError(silent(url))), patienceMs);
  let hello: ServerMessageOf<'hello'>;
  try {
    hello = await untilAborted(greeted.promise, signal);
  } catch (error) {
    socket.terminate();
    throw error;
  } finally {
    clearTimeout(late);
  }

  return {
    hello,
    gone: going.signal,
    async ask<T extends ServerMessage['type']>(question: Question, answer: T, asker: AbortSignal) {
      going.signal.throwIfAborted();
      asked += 1;
      const re = `m${asked}`;
      const said = Promise.withResolvers<ServerMessage>();
      waiting.set(re, said.resolve);
      try {
        socket.send(JSON.stringify({ ...question, re }));
        const message = await untilAborted(said.promise, AbortSignal.any([asker, going.signal]));
        if (message.type === 'error') throw new PlayerError(asTyped(message.message));
        if (message.type === answer) return message as ServerMessageOf<T>;
        throw new Error(`the stage answered ${question.type} with ${message.type}`);
      } finally {
        waiting.delete(re);
      }
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      const tooLong = setTimeout(() => socket.terminate(), PATIENCE_MS);
      socket.close();
      await closed;
      clearTimeout(tooLong);
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(url: string, status: number): string {
  if (status === 403)
    return `The stage at ${url} does not know this token. One is made with: dramatis apps add NAME --scopes play,direct.`;
  if (status === 429)
    return `The stage at ${url} has had too many attempts or connections from here. Wait a little, then try again.`;
  if (status === 503) return `The stage at ${url} cannot reach its store just now. Try again in a moment.`;
  return `What answers at ${url} is not a stage (status ${status}). Its address ends with /stage.`;
}

function unreachable(url: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED')
    return `No stage answers at ${url}. Start it (npm start), or say where it is with --url.`;
  return `The stage at ${url} cannot be reached (${code ?? message}).`;
}

function silent(url: string): string {
  return `What answers at ${url} does not greet as a stage does. Its address ends with /stage.`;
}

function ended(url: string, code: number): string {
  if (code === 4001) return `The stage at ${url} ended the connection: this token was removed.`;
  return `The stage at ${url} went away. Once it is back, ask again.`;
}
