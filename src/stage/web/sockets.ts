import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Locale, localeAccepted } from '../../words/locales.ts';
import { type Admission, type Guest, isRefusal, type Refusal } from './admission.ts';
import type { RemovedWatch } from './applications/watch-removed.ts';
import type { WebLimits } from './limits.ts';
import { createMessageRate } from './message-rate.ts';
import { LARGEST_CARD_MESSAGE, LARGEST_MESSAGE, PROTOCOL, SUBPROTOCOL } from './protocol.ts';
import type { ServerMessage } from './server-message.ts';
import { createSession, type Session } from './session.ts';
import type { StageHouse } from './stage-house.ts';

export type Sockets = {
  announce(message: ServerMessage): void;
  close(): Promise<void>;
};

/** Bytes that may wait for a client. One that reads no faster is dropped; it catches up when it comes back. */
export const MOST_WAITING = 8 * 1024 * 1024;
const HEARTBEAT_MS = 30_000;

/** Messages of one socket that may be in work at once. */
const MOST_AT_ONCE = 64;

/** Why a socket was closed, beyond what RFC 6455 has codes for. */
const CLOSED = { version: 4000, removed: 4001 } as const;

/** Upgrades requests for the stage protocol on `server`, and keeps the sessions. */
export function createSockets(options: {
  readonly server: Server;
  readonly admission: Admission;
  /** Absent where no application is let in. */
  readonly removed: RemovedWatch | undefined;
  readonly house: StageHouse;
  readonly limits: WebLimits;
}): Sockets {
  const { server, admission, removed, house, limits } = options;
  const sessions = new Map<WebSocket, Session>();
  const work = new Set<Promise<void>>();
  const forPages = socketServer(LARGEST_CARD_MESSAGE);
  const forApplications = socketServer(LARGEST_MESSAGE);

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    track(join(request, socket, head));
  });

  async function join(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const asked = readProtocols(request.headers['sec-websocket-protocol']);
    if (request.url !== '/stage' || !asked) return refuse(socket, { status: 403 });
    const guest = await admission.admit(request, 'socket', asked.token);
    if (isRefusal(guest)) return refuse(socket, guest);
    if (socket.destroyed) return guest.leave();
    socket.once('close', guest.leave);
    const sockets = guest.application ? forApplications : forPages;
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (asked.versions.includes(SUBPROTOCOL)) {
        welcome(opened, guest, localeAccepted(request.headers['accept-language']));
      } else {
        deliver(opened, { type: 'error', code: 'version', message: OTHER_VERSION });
        opened.on('error', () => opened.terminate());
        opened.close(CLOSED.version, OTHER_VERSION);
      }
    });
  }

  function track(task: Promise<void>): void {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  }

  function welcome(socket: WebSocket, { scopes, application }: Guest, locale: Locale): void {
    // What the room is told is read on the page.
    if (!application) house.room.isReadIn(locale);
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
      scopes,
      ...(application ? { application: application.id } : {}),
      locale,
      send: (message) => deliver(socket, message),
    });
    sessions.set(socket, session);
    const stopCaring =
      application &&
      removed?.whileThere(application.id, () => socket.close(CLOSED.removed, 'This token was removed.'));
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
    // Also where a message was too long: by then it is being closed with 1009.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(heartbeat);
      stopCaring?.();
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
      for (const sockets of [forPages, forApplications]) {
        for (const socket of sockets.clients) socket.close(1001, 'The stage closes.');
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
      }
      await Promise.allSettled(work);
    },
  };
}

const OTHER_VERSION = `This stage speaks version ${PROTOCOL} of its protocol (${SUBPROTOCOL}) and no other.`;

/** @param maxPayload bytes; a longer message closes its socket with 1009 before it is read */
function socketServer(maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload,
    // A client of another version is told so, and it hears that only where it was answered in its own.
    handleProtocols: (offered) =>
      offered.has(SUBPROTOCOL) ? SUBPROTOCOL : ([...offered].find((name) => VERSION.test(name)) ?? false),
  });
}

const VERSION = /^dramatis\.v\d+$/u;

/** `dramatis.v1, <token>`, or `dramatis.v1` alone where the token is in another header. */
function readProtocols(header = ''): { versions: readonly string[]; token: string | undefined } | undefined {
  const offered = header.split(',').map((part) => part.trim());
  const versions = offered.filter((part) => VERSION.test(part));
  const [token, ...more] = offered.filter((part) => !VERSION.test(part));
  return versions.length === 0 || more.length > 0 ? undefined : { versions, token };
}

function refuse(socket: Duplex, { status, waitMs }: Refusal): void {
  const wait = waitMs === undefined ? '' : `Retry-After: ${Math.ceil(waitMs / 1000)}\r\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${wait}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
