import { z } from 'zod';
import type { EngineRoom } from './engine-room.ts';
import type { SceneRecord } from './scene-record.ts';

/**
 * Caps that hold before anyone has set anything up: character turns per server and day, lines per
 * player and hour. Counted in storage, so that a restart does not refill them. Local stages have none.
 */
const countSchema = z.object({ period: z.string(), count: z.int().min(0) }).catch({ period: '', count: 0 });

/** Turns that the cast has left in this server today (UTC); Infinity outside Discord. */
export async function serverTurnsLeft(room: EngineRoom, record: SceneRecord): Promise<number> {
  if (record.server === undefined) return Number.POSITIVE_INFINITY;
  const used = await read(room, serverKey(record.server), day(room));
  return room.limitsFor(record).turnsPerServerDay - used;
}

/** Counts one character turn. */
export async function countServerTurn(room: EngineRoom, record: SceneRecord): Promise<void> {
  if (record.server === undefined) return;
  const key = serverKey(record.server);
  await room.counting.post(() => increase(room, key, day(room)));
}

/** Takes one of a player's lines for this hour. False where none is left; nothing is counted then. */
export async function takePlayerLine(
  room: EngineRoom,
  record: SceneRecord,
  player: string,
): Promise<boolean> {
  if (record.server === undefined) return true;
  const key = `lines/${record.server}/${player}`;
  return room.counting.post(async () => {
    if ((await read(room, key, hour(room))) >= room.limitsFor(record).linesPerPlayerHour) return false;
    await increase(room, key, hour(room));
    return true;
  });
}

async function read(room: EngineRoom, key: string, period: string): Promise<number> {
  const stored = countSchema.parse((await room.options.store.get('counter', key)) ?? {});
  return stored.period === period ? stored.count : 0;
}

async function increase(room: EngineRoom, key: string, period: string): Promise<void> {
  const count = (await read(room, key, period)) + 1;
  await room.options.store.put('counter', key, { period, count });
}

function serverKey(server: string): string {
  return `turns/${server}`;
}

function day(room: EngineRoom): string {
  return new Date(room.clock.now()).toISOString().slice(0, 10);
}

function hour(room: EngineRoom): string {
  return new Date(room.clock.now()).toISOString().slice(0, 13);
}
