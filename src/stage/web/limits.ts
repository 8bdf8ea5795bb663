import type { Server, ServerOptions } from 'node:http';
import { LARGEST_CARD_MESSAGE } from './protocol.ts';
import { addressGroup, createTally } from './tally.ts';

/** How much one address, one socket and all of them together may take from the stage. */
export type WebLimits = {
  /** Milliseconds in which the head of a request has to be there; whoever drips it is cut off. */
  readonly headMs: number;
  /** Milliseconds for a whole request. None has a body. */
  readonly requestMs: number;
  /** Connections at once: in all, and of one address. */
  readonly connections: number;
  readonly connectionsEach: number;
  /** Sockets of the stage protocol at once, likewise. A browser opens one a tab. */
  readonly sockets: number;
  readonly socketsEach: number;
  /** Messages and pings of one socket: so many at once, and so many a second over time. */
  readonly burst: number;
  readonly perSecond: number;
  /** Characters of one socket's messages that may be in work at once: they lie in memory until they are answered. */
  readonly textInWork: number;
};

export const WEB_LIMITS: WebLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  connections: 1024,
  connectionsEach: 128,
  sockets: 256,
  socketsEach: 64,
  burst: 300,
  perSecond: 60,
  textInWork: 3 * LARGEST_CARD_MESSAGE,
};

/** What Node’s own server is told of them. */
export function serverOptions({ headMs, requestMs }: WebLimits): ServerOptions {
  return {
    headersTimeout: headMs,
    requestTimeout: Math.max(headMs, requestMs),
    // How often it looks for whom these times have run out.
    connectionsCheckingInterval: Math.min(2000, headMs),
    maxHeaderSize: 16 * 1024,
  };
}

/** Closes every connection that is one too many, before a byte of it is read. */
export function limitConnections(server: Server, { connections, connectionsEach }: WebLimits): void {
  const tally = createTally({ most: connections, mostEach: connectionsEach });
  server.on('connection', (socket) => {
    const leave = tally.enter(addressGroup(socket.remoteAddress));
    if (leave) socket.once('close', leave);
    else socket.destroy();
  });
}
