import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type ClientMessage, clientMessageSchema, SUBPROTOCOL } from '../../../../src/stage/web/protocol.ts';
import {
  type ServerMessage,
  type ServerMessageOf,
  serverMessageSchema,
} from '../../../../src/stage/web/server-message.ts';
import { misfit } from '../../../support/protocol-schemas.ts';

/** Another page: speaks the protocol over a real socket and checks every message it is sent. */
export type StageClient = {
  readonly socket: WebSocket;
  readonly received: ServerMessage[];
  /** Everything that came over this socket, as it came. */
  readonly wire: string[];
  send(message: unknown): void;
  ask(message: ClientMessage): Promise<ServerMessage>;
  /** The first message of this type that fits, also one that came already. */
  seen<T extends ServerMessage['type']>(
    type: T,
    fits?: (message: ServerMessageOf<T>) => boolean,
  ): Promise<ServerMessageOf<T>>;
  close(): Promise<void>;
};

export async function tokenOf(url: string): Promise<string> {
  const page = await (await fetch(url)).text();
  return /name="dramatis-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** The page. */
export async function joinStage(url: string): Promise<StageClient> {
  const token = await tokenOf(url);
  return speakTo(new WebSocket(`${url.replace('http', 'ws')}/stage`, [SUBPROTOCOL, token], { origin: url }));
}

/** An application that is no page: no Origin, the token in a header. */
export function joinWithToken(url: string, token: string): Promise<StageClient> {
  const headers = { authorization: `Bearer ${token}` };
  return speakTo(new WebSocket(`${url.replace('http', 'ws')}/stage`, SUBPROTOCOL, { headers }));
}

async function speakTo(socket: WebSocket): Promise<StageClient> {
  const received: ServerMessage[] = [];
  const wire: string[] = [];
  const waiting = new Set<() => void>();
  let asked = 0;

  socket.on('message', (data) => {
    wire.push(String(data));
    const message: { type?: unknown } = JSON.parse(String(data));
    received.push(serverMessageSchema.parse(message));
    noMisfit('server', message);
    for (const look of waiting) look();
  });

  function seen<T extends ServerMessage['type']>(
    type: T,
    fits: (message: ServerMessageOf<T>) => boolean = () => true,
  ): Promise<ServerMessageOf<T>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = received.find(
          (message): message is ServerMessageOf<T> =>
            message.type === type && fits(message as ServerMessageOf<T>),
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  const client: StageClient = {
    socket,
    received,
    wire,
    send(message) {
      const read = clientMessageSchema.safeParse(message);
      if (read.success) noMisfit('client', message as { type: string });
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    },
    ask(message) {
      asked += 1;
      const re = `q${asked}`;
      client.send({ ...message, re });
      return new Promise((resolve) => {
        const look = () => {
          const answer = received.find((one) => 're' in one && one.re === re);
          if (!answer) return;
          waiting.delete(look);
          resolve(answer);
        };
        waiting.add(look);
        look();
      });
    },
    seen,
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
  await seen('hello');
  return client;
}

/** What goes over the wire is what docs/protocol publishes. */
function noMisfit(side: 'client' | 'server', message: { readonly type?: unknown }): void {
  const found = misfit(side, message);
  if (found !== undefined) throw new Error(`a ${side} message is not as published: ${found}`);
}
