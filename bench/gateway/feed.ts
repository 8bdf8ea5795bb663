import type { Client } from 'discord.js';
import type { Packet } from './messages.ts';

/** What the library keeps to itself: where a connection’s frames come in, and where their packets go on. */
type Insides = {
  readonly _ws: {
    readonly strategy: { readonly shards: ReadonlyMap<number, { onMessage(frame: string): Promise<void> }> };
    emit(event: 'dispatch', told: { readonly data: Packet; readonly shardId: number }): boolean;
  };
};

/** Hands frames to the connection’s own handler, one by one as a socket does. */
export async function feedFrames(client: Client, frames: readonly string[]): Promise<void> {
  const connection = insidesOf(client)._ws.strategy.shards.get(0);
  for (const frame of frames) await connection?.onMessage(frame);
}

/** The same behind JSON: all of them before anything that they set off and that waits its turn. */
export function feedPackets(client: Client, packets: readonly Packet[]): void {
  const connections = insidesOf(client)._ws;
  for (const data of packets) connections.emit('dispatch', { data, shardId: 0 });
}

/**
 * How long a client’s listeners are at work at once with what it tells of messages, while `task` runs: from before they
 * are called to when the last has returned. One reading of the clock a message is in it.
 *
 * @returns milliseconds
 */
export function timeListeners(client: Client, task: () => void): number {
  let spent = 0;
  const emit = client.emit;
  client.emit = function timed(this: Client, event: string, ...told: unknown[]) {
    if (event !== 'messageCreate') return Reflect.apply(emit, this, [event, ...told]);
    const began = performance.now();
    const heard: boolean = Reflect.apply(emit, this, [event, ...told]);
    spent += performance.now() - began;
    return heard;
  };
  try {
    task();
  } finally {
    client.emit = emit;
  }
  return spent;
}

/** CPU of this process while `task` runs, its helpers’ (garbage) too; what it waits for is not in it. Milliseconds. */
export async function cpuOf(task: () => Promise<void>): Promise<number> {
  const began = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function insidesOf(client: Client): Insides {
  return client.ws as unknown as Insides;
}
