import type { Listeners } from './listeners.ts';
import type { Message, Question } from './messages.ts';
import { closed, lost, StageError } from './stage-error.ts';

const SUBPROTOCOL = 'dramatis.v1';
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
/** Close codes after which dialling again would change nothing: another version, a removed token. */
const FINAL_CODES: ReadonlySet<number> = new Set([4000, 4001]);

export type LinkOptions = {
  /** As the stage says it, `http://127.0.0.1:4680`; also with `ws:`, or with a path. */
  readonly url: string;
  /** Of an application: `dramatis apps add NAME --scopes play,direct`. */
  readonly token: string;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
};

/** One connection that dials again whenever it is lost, until it is closed. */
export type Link = {
  /**
   * Sends one message and waits for its answer.
   * @throws StageError with the stage’s own code, or `lost`, or `closed`
   */
  ask(message: Question): Promise<Message>;
  close(): void;
};

type Waiting = { resolve(answer: Message): void; reject(error: Error): void };

/**
 * @param onHello at each new connection, before listeners hear of it
 * @param onEnd once, when it is over: why, where it was not closed here
 */
export function createLink(
  { url, token, signal }: LinkOptions,
  listeners: Listeners,
  onHello: (hello: Message<'hello'>) => void,
  onEnd: (reason: Error | undefined) => void,
): Link {
  const address = addressOf(url);
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let asked = 0;
  let known = false;
  let over = false;
  let refusal: string | undefined;

  function dial(): void {
    const dialled = new WebSocket(address, [SUBPROTOCOL, token]);
    socket = dialled;
    dialled.addEventListener('message', ({ data }) => {
      if (!over) receive(JSON.parse(String(data)) as Message);
    });
    dialled.addEventListener('close', ({ code }) => {
      if (socket === dialled) hangUp(code);
    });
  }

  function receive(message: Message): void {
    if (message.type === 'hello') {
      known = true;
      wait = FIRST_WAIT_MS;
      onHello(message);
    }
    if (message.type === 'error' && message.code === 'version') refusal = message.message;
    listeners.tell(message.type, message);
    const asker = message.re === undefined ? undefined : waiting.get(message.re);
    if (message.re !== undefined) waiting.delete(message.re);
    if (message.type === 'error') asker?.reject(new StageError(message.code, message.message));
    else asker?.resolve(message);
  }

  function hangUp(code: number): void {
    socket = undefined;
    failAll(lost());
    if (over) return;
    if (!known || FINAL_CODES.has(code)) {
      end(reasonOf(code));
      return;
    }
    if (wait === FIRST_WAIT_MS) listeners.tell('offline', undefined);
    timer = setTimeout(dial, wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }

  function reasonOf(code: number): StageError {
    if (code === 4000)
      return new StageError('version', refusal ?? 'The stage speaks another version of the protocol.');
    if (code === 4001) return closed('The token was removed: dramatis apps add makes another.');
    return new StageError(
      'unreachable',
      `There is no stage at ${address}, or it does not know the token, or not this page’s address (--origin).`,
    );
  }

  function failAll(error: Error): void {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  function end(reason: Error | undefined): void {
    if (over) return;
    over = true;
    signal?.removeEventListener('abort', close);
    clearTimeout(timer);
    failAll(closed());
    socket?.close();
    onEnd(reason);
    listeners.tell('closed', reason);
  }

  function close(): void {
    end(undefined);
  }

  signal?.throwIfAborted();
  signal?.addEventListener('abort', close, { once: true });
  dial();
  return {
    ask(message) {
      return new Promise<Message>((resolve, reject) => {
        if (over) return reject(closed());
        if (socket?.readyState !== WebSocket.OPEN) return reject(lost());
        asked += 1;
        const re = String(asked);
        waiting.set(re, { resolve, reject });
        socket.send(JSON.stringify({ ...message, re }));
      });
    },
    close,
  };
}

function addressOf(url: string): string {
  const address = new URL(url);
  address.protocol = address.protocol.replace('http', 'ws');
  if (address.pathname === '/') address.pathname = '/stage';
  return address.href;
}
