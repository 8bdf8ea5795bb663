import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Locale, localeAccepted } from '../../words/locales.ts';
import type { Gate } from './gate.ts';
import type { WebLimits } from './limits.ts';
import { createMessageRate } from './message-rate.ts';
import { LARGEST_CARD_MESSAGE, type Scope, SUBPROTOCOL, scopeSchema } from './protocol.ts';
import type { ServerMessage } from './server-message.ts';
import { createSession, type Session } from './session.ts';
import type { StageHouse } from './stage-house.ts';
import { addressGroup, createTally } from './tally.ts';

export type Sockets = {
  announce(message: ServerMessage): void;
  close(): Promise<void>;
};

/** Bytes that may wait for a client. One that reads no faster is dropped; it catches up when it comes back. */
const MOST_WAITING = 8 * 1024 * 1024;
const HEARTBEAT_MS = 30_000;

/** Messages of one socket that may be in work at once. */
const MOST_AT_ONCE = 64;

// The token is the page's; whoever holds it is the person at this machine.
const PAGE_SCOPES: ReadonlySet<Scope> = new Set(scopeSchema.options);

/** Upgrades requests for the stage protocol on `server`, and keeps the sessions. */
export function createSockets(options: {
  readonly server: Server;
  readonly gate: Gate;
  readonly house: StageHouse;
  readonly limits: WebLimits;
}): Sockets {
  const { server, gate, house, limits } = options;
  const tally = createTally({ most: limits.sockets, mostEach: limits.socketsEach });
  const sessions = new Map<WebSocket, Session>();
  const work = new Set<Promise<void>>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_CARD_MESSAGE,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isOurs(request, gate)) return refuse(socket, '403 Forbidden');
    const leave = tally.enter(addressGroup(request.socket.remoteAddress));
    if (!leave) return refuse(socket, '429 Too Many Requests');
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (opened) =>
      welcome(opened, localeAccepted(request.headers['accept-language'])),
    );
  });

  function track(task: Promise<void>): void {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  }

  function welcome(socket: WebSocket, locale: Locale): void {
    house.room.isReadIn(locale);
    let alive = true;
    let inWork = 0;
    let lengthInWork = 0;
    const rate = createMessageRate({ ...limits, now: () => performance.now() });
    const isTooFast = () => {
      if (rate()) return false;
      socket.close(1008, 'Too many messages. Wait a little.');
      return true;
    };
    const session = createSession({
      house,
      scopes: PAGE_SCOPES,
      locale,
      send: (message) => deliver(socket, message),
    });
    sessions.set(socket, session);
    const heartbeat = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, HEARTBEAT_MS);
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('ping', isTooFast);
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN || isTooFast()) return;
      if (isBinary) return socket.close(1003, 'Text messages only.');
      const text = String(data);
      if (inWork >= MOST_AT_ONCE || lengthInWork + text.length > limits.textInWork) {
        return socket.close(1008, 'Too many messages at once.');
      }
      inWork += 1;
      lengthInWork += text.length;
      track(
        session.receive(text).finally(() => {
          inWork -= 1;
          lengthInWork -= text.length;
        }),
      );
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(heartbeat);
      sessions.delete(socket);
      track(session.close());
    });
  }

  function deliver(socket: WebSocket, message: ServerMessage): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_WAITING) {
      house.log.warn('session-dropped', { waiting: socket.bufferedAmount });
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(message));
  }

  return {
    announce(message) {
      for (const session of sessions.values()) session.announce(message);
    },
    async close() {
      for (const socket of sockets.clients) socket.close(1001, 'The stage closes.');
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await Promise.allSettled(work);
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** `Sec-WebSocket-Protocol: dramatis.v0, <token>` from our own page. */
function isOurs({ url, headers }: IncomingMessage, gate: Gate): boolean {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  return (
    url === '/stage' &&
    gate.admits(headers, 'socket') &&
    offered[0] === SUBPROTOCOL &&
    offered.length === 2 &&
    gate.holdsToken(offered[1])
  );
}
