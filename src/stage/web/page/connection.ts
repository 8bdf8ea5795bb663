import type { ClientMessage } from '../protocol.ts';
import type { ServerMessage, ServerMessageOf } from '../server-message.ts';
import { noteCurrent, reloadIfOld } from './page-age.ts';

/** The stage said no; the message is for the person. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** The socket went before the answer came; what was asked may or may not have been done. */
export class Lost extends Error {
  constructor() {
    super('The connection was lost.');
    this.name = 'Lost';
  }
}

type Ask = ClientMessage extends infer M ? (M extends ClientMessage ? Omit<M, 're'> : never) : never;

export type Connection = {
  /** Returns what takes the listener away again. */
  on<T extends ServerMessage['type']>(type: T, listener: (message: ServerMessageOf<T>) => void): () => void;
  /** Rejects with `Refusal` or `Lost`. The kind of answer belongs to the kind of question. */
  ask<T extends ServerMessage['type']>(message: Ask, answer: T): Promise<ServerMessageOf<T>>;
  onState(listener: (online: boolean) => void): void;
  start(): void;
  /** Hangs up for good. */
  stop(): void;
};

/** What may be asked, over whichever socket. */
export type Asks = Pick<Connection, 'ask'>;

const SUBPROTOCOL = 'dramatis.v1';
const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;

type Waiting = { resolve(message: ServerMessage): void; reject(error: Error): void };

/** Speaks the stage protocol; comes back by itself when the stage was gone. */
export function createConnection(): Connection {
  const listeners = new Map<string, ((message: never) => void)[]>();
  const stateListeners: ((online: boolean) => void)[] = [];
  const waiting = new Map<string, Waiting>();
  let token = document.querySelector<HTMLMetaElement>('meta[name=dramatis-token]')?.content ?? '';
  let socket: WebSocket | undefined;
  let asked = 0;
  let wait = FIRST_WAIT;
  let stopped = false;

  function dial(): void {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/stage`;
    const dialled = new WebSocket(address, [SUBPROTOCOL, token]);
    socket = dialled;
    dialled.addEventListener('open', () => {
      wait = FIRST_WAIT;
      tellState(true);
    });
    dialled.addEventListener('message', (event) => receive(JSON.parse(String(event.data)) as ServerMessage));
    dialled.addEventListener('close', ({ code }) => {
      socket = undefined;
      for (const one of waiting.values()) one.reject(new Lost());
      waiting.clear();
      tellState(false);
      if (stopped || reloadIfOld(code)) return;
      setTimeout(() => void redial(), wait);
      wait = Math.min(LONGEST_WAIT, wait * 1.7);
    });
  }

  // A stage that was started anew has another token: its page carries it.
  async function redial(): Promise<void> {
    try {
      const page = await (await fetch('/', { cache: 'no-store' })).text();
      token = /name="dramatis-token" content="([\w-]+)"/.exec(page)?.[1] ?? token;
    } catch {
      // Still gone; the socket will say so.
    }
    if (!stopped) dial();
  }

  function receive(message: ServerMessage): void {
    const re = 're' in message ? message.re : undefined;
    const asker = re === undefined ? undefined : waiting.get(re);
    if (re !== undefined) waiting.delete(re);
    for (const listener of listeners.get(message.type) ?? []) listener(message as never);
    if (message.type === 'hello') noteCurrent();
    if (message.type === 'error') asker?.reject(new Refusal(message.code, message.message));
    else asker?.resolve(message);
  }

  function tellState(online: boolean): void {
    for (const listener of stateListeners) listener(online);
  }

  return {
    on(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
      return () => {
        listeners.set(type, listeners.get(type)?.filter((one) => one !== listener) ?? []);
      };
    },
    ask<T extends ServerMessage['type']>(message: Ask, _answer: T) {
      return new Promise<ServerMessageOf<T>>((resolve, reject) => {
        if (socket?.readyState !== WebSocket.OPEN) return reject(new Lost());
        asked += 1;
        const re = String(asked);
        waiting.set(re, { resolve: (answer) => resolve(answer as ServerMessageOf<T>), reject });
        socket.send(JSON.stringify({ ...message, re }));
      });
    },
    onState(listener) {
      stateListeners.push(listener);
    },
    start: dial,
    stop() {
      stopped = true;
      socket?.close();
    },
  };
}
