import { GatewayCloseCodes, type GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { type FrameSender, sendDeflated, sendText } from './frame-sender.ts';
import type { Session } from './session.ts';

/** One open socket of the bot's. */
export type Connection = {
  session: Session | null;
  readonly send: FrameSender;
  readonly sendOp: (op: GatewayOpcodes, d: unknown) => void;
  /** Closes as Discord closes, with a code. */
  readonly close: (code: number) => void;
  /** Cuts the line, as a dead network does: no close frame. */
  readonly cut: () => void;
  /** Leaves the socket open and lets nothing through any more, in either direction. */
  readonly numb: () => void;
};

const payload = z.object({ op: z.int(), d: z.unknown().optional() });

type ConnectionEvents = {
  readonly onPayload: (connection: Connection, op: number, d: unknown, text: string) => void;
  readonly onClose: (connection: Connection, code: number) => void;
};

/**
 * Serves one socket: Discord's limits on what a client sends (4,096 bytes, 120 per minute, JSON with an opcode),
 * compression when the address asked for it.
 */
export function serveConnection(
  socket: WebSocket,
  query: URLSearchParams,
  events: ConnectionEvents,
): Connection {
  const isPlain = query.get('compress') !== 'zlib-stream';
  const write = isPlain ? sendText(socket) : sendDeflated(socket);
  let isNumb = false;
  const send: FrameSender = (frame) => {
    if (socket.readyState === socket.OPEN && !isNumb) write(frame);
  };
  const connection: Connection = {
    session: null,
    send,
    sendOp: (op, d) => send(JSON.stringify({ op, d, s: null, t: null })),
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
    numb: () => {
      isNumb = true;
    },
  };
  let receivedThisMinute = 0;
  let minuteEnds = Date.now() + 60_000;

  socket.on('message', (data: Buffer) => {
    if (isNumb) return;
    if (Date.now() > minuteEnds) {
      receivedThisMinute = 0;
      minuteEnds = Date.now() + 60_000;
    }
    receivedThisMinute += 1;
    if (receivedThisMinute > 120) return connection.close(GatewayCloseCodes.RateLimited);
    if (data.length > 4096) return connection.close(GatewayCloseCodes.DecodeError);
    const text = data.toString();
    const read = payload.safeParse(parse(text));
    if (!read.success) return connection.close(GatewayCloseCodes.DecodeError);
    events.onPayload(connection, read.data.op, read.data.d, text);
  });
  socket.on('close', (code) => events.onClose(connection, code));
  // A cut line shows as an error first; the close that follows is what counts.
  socket.on('error', () => undefined);
  return connection;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
