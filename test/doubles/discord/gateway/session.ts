import type { Dispatch } from './dispatch.ts';

/** What a session knows of the socket it is served on. */
type Line = { readonly send: (frame: string) => void; readonly close: (code: number) => void };

/** A gateway session: it outlives its connection, and keeps what was sent so that RESUME can send it again. */
export type Session = {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  sequence: number;
  readonly sent: { readonly sequence: number; readonly frame: string }[];
  connection: Line | null;
};

const messageContent = 1 << 15;

/** Hands a session an event if its intents and its shard say so; offline, it waits for the RESUME. */
export function deliver(session: Session, dispatch: Dispatch): void {
  if (dispatch.intent !== 0 && !(session.intents & dispatch.intent)) return;
  if (!belongsTo(session, dispatch.serverId)) return;
  const isBare = dispatch.bare !== undefined && !(session.intents & messageContent);
  append(session, dispatch.t, isBare ? dispatch.bare : dispatch.d);
}

/** Sends a session an event whatever its intents. */
export function append(session: Session, t: string, d: object): void {
  session.sequence += 1;
  const frame = JSON.stringify({ op: 0, t, s: session.sequence, d });
  session.sent.push({ sequence: session.sequence, frame });
  session.connection?.send(frame);
}

/** Discord's formula for which shard hears of a server. */
export function belongsTo(session: Pick<Session, 'shard'>, serverId: string | null): boolean {
  const [id, count] = session.shard;
  return serverId === null ? id === 0 : Number((BigInt(serverId) >> 22n) % BigInt(count)) === id;
}
