import { GatewayCloseCodes, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Platform } from '../platform.ts';
import { type Connection, serveConnection } from './connection.ts';
import type { Dispatch } from './dispatch.ts';
import { type Identify, type Resume, readIdentify, readResume } from './identify.ts';
import { answerMemberRequest } from './members-chunk.ts';
import { createReordering } from './reordering.ts';
import { append, deliver, type Session } from './session.ts';
import { welcome } from './welcome.ts';

/** What a test can make Discord's gateway do. */
export type GatewayControls = {
  /** Cuts every connection without a word, as a network does; sessions live on and can be resumed. */
  drop(): void;
  /** Every connection stands, and nothing gets through any more: neither heartbeats nor events. Sessions live on. */
  numb(): void;
  /** Op 7: asks the bot to reconnect and resume. */
  reconnect(): void;
  /** Op 9. Not resumable means the session is gone and the bot must identify anew. */
  invalidate(resumable: boolean): void;
  /** Op 1: asks for a heartbeat now. */
  requestHeartbeat(): void;
  /** Closes every connection with a code. */
  close(code: number): void;
  /** Off, heartbeats go unanswered and a client should take the connection for dead. */
  answerHeartbeats(on: boolean): void;
  /** Keeps events back; `release` lets them go, in the order the function makes of them. */
  hold(): void;
  release(reorder?: (held: readonly Dispatch[]) => readonly Dispatch[]): void;
  /** Sends the newest event of this kind once more, as Discord does now and then. */
  repeat(t: string): void;
  /** Sends any event to every session. */
  send(t: string, d: object): void;
  /** Forgets every session, so that a RESUME is answered with op 9. */
  forgetSessions(): void;
  sessions(): readonly Session[];
};

export type Gateway = {
  readonly dispatch: (event: Dispatch) => void;
  readonly serve: (socket: WebSocket, query: URLSearchParams) => void;
  readonly controls: GatewayControls;
  /** How many IDENTIFYs there were; Discord allows 1,000 a day and then resets the token. */
  readonly identifies: () => number;
};

/** Gateway v10. `platform` is read when events come, so it may be completed after this call. */
export function createGateway(platform: () => Platform): Gateway {
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  const order = createReordering((event) => {
    for (const session of sessions.values()) deliver(session, event);
  });
  let acknowledges = true;
  let identifies = 0;

  function onPayload(connection: Connection, op: number, d: unknown, text: string): void {
    platform().journal.record({ kind: 'payload-received', op, text });
    const closeCode = take(connection, op, d);
    if (closeCode === null) return;
    platform().journal.record({ kind: 'session-refused', closeCode });
    connection.close(closeCode);
  }

  /** Acts on a payload; what it returns is the code to close with, if that is the answer. */
  function take(connection: Connection, op: number, d: unknown): number | null {
    if (op === Op.Heartbeat) {
      if (acknowledges) connection.sendOp(Op.HeartbeatAck, null);
      return null;
    }
    if (op === Op.Identify) return identify(connection, d);
    if (op === Op.Resume) return resume(connection, d);
    if (!connection.session) return GatewayCloseCodes.NotAuthenticated;
    if (op === Op.RequestGuildMembers) answerMemberRequest(platform(), connection.session, d);
    else if (op !== Op.PresenceUpdate && op !== Op.VoiceStateUpdate) return GatewayCloseCodes.UnknownOpcode;
    return null;
  }

  function identify(connection: Connection, d: unknown): number | null {
    if (connection.session) return GatewayCloseCodes.AlreadyAuthenticated;
    identifies += 1;
    const { settings, journal } = platform();
    const read: Identify | number = readIdentify(d, settings.token, settings.allowedPrivileged);
    if (typeof read === 'number') return read;
    const { shard, intents } = read;
    const session: Session = {
      id: `session-${identifies}`,
      shard,
      intents,
      sequence: 0,
      sent: [],
      connection,
    };
    sessions.set(session.id, session);
    connection.session = session;
    for (const [t, payload] of welcome(platform(), session)) append(session, t, payload);
    journal.record({ kind: 'session-started', sessionId: session.id, shard: shard[0] });
    return null;
  }

  function resume(connection: Connection, d: unknown): number | null {
    const read: Resume | number = readResume(d, platform().settings.token);
    if (typeof read === 'number') return read;
    const session = sessions.get(read.session_id);
    const seen = read.seq ?? 0;
    if (!session) {
      connection.sendOp(Op.InvalidSession, false);
      return null;
    }
    if (seen > session.sequence) return GatewayCloseCodes.InvalidSeq;
    if (session.connection !== connection) session.connection?.close(GatewayCloseCodes.SessionTimedOut);
    session.connection = connection;
    connection.session = session;
    const missed = session.sent.filter((event) => event.sequence > seen);
    for (const { frame } of missed) connection.send(frame);
    append(session, 'RESUMED', { _trace: [] });
    const facts = { sessionId: session.id, shard: session.shard[0], replayed: missed.length };
    platform().journal.record({ kind: 'session-resumed', ...facts });
    return null;
  }

  function onClose(connection: Connection, code: number): void {
    connections.delete(connection);
    const { session } = connection;
    if (session?.connection === connection) {
      session.connection = null;
      // A client that says goodbye ends its session; one that is cut off, or says it will be back, does not.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
    }
    platform().journal.record({ kind: 'connection-closed', code });
  }

  const forEach = (act: (connection: Connection) => void) => {
    for (const connection of [...connections]) act(connection);
  };

  return {
    dispatch: order.dispatch,
    identifies: () => identifies,
    serve(socket, query) {
      const connection = serveConnection(socket, query, { onPayload, onClose });
      connections.add(connection);
      if (query.get('v') !== '10') return connection.close(GatewayCloseCodes.InvalidAPIVersion);
      connection.sendOp(Op.Hello, {
        heartbeat_interval: platform().settings.heartbeatIntervalMs,
        _trace: [],
      });
    },
    controls: {
      drop: () => forEach((connection) => connection.cut()),
      numb: () => forEach((connection) => connection.numb()),
      reconnect: () => forEach((connection) => connection.sendOp(Op.Reconnect, null)),
      invalidate(resumable) {
        forEach((connection) => {
          connection.sendOp(Op.InvalidSession, resumable);
          if (connection.session && !resumable) sessions.delete(connection.session.id);
        });
      },
      requestHeartbeat: () => forEach((connection) => connection.sendOp(Op.Heartbeat, null)),
      close: (code) => forEach((connection) => connection.close(code)),
      answerHeartbeats(on) {
        acknowledges = on;
      },
      hold: order.hold,
      release: order.release,
      repeat: order.repeat,
      send(t, d) {
        for (const session of sessions.values()) append(session, t, d);
      },
      forgetSessions: () => sessions.clear(),
      sessions: () => [...sessions.values()],
    },
  };
}
