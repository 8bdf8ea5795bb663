/** How a fleet splits Discord's servers between its processes. The same for every process of it. */
export type FleetShape = {
  /** Discord's shards over all processes. */
  readonly shards: number;
  /** How many of them one process serves. */
  readonly perProcess: number;
};

/** Shards that one process serves together, under one lease. */
export type Group = {
  /** Name of the lease: `shards/<all>/<first>-<last>`, so that another shape is told by it. */
  readonly name: string;
  readonly shards: readonly number[];
};

const PREFIX = 'shards/';

/** All groups of a fleet: shards in order, the last group perhaps a smaller one. */
export function groupsOf({ shards, perProcess }: FleetShape): readonly Group[] {
  return Array.from({ length: Math.ceil(shards / perProcess) }, (_, i) => {
    const first = i * perProcess;
    const last = Math.min(shards, first + perProcess) - 1;
    return {
      name: `${PREFIX}${shards}/${first}-${last}`,
      shards: Array.from({ length: last - first + 1 }, (_, k) => first + k),
    };
  });
}

/** Whether a lease is that of a group of any fleet. */
export function isGroupName(lease: string): boolean {
  return lease.startsWith(PREFIX);
}

/**
 * Which shard is told of a server; what belongs to none (direct messages) is told to the first.
 * Discord's formula: `(guild_id >> 22) % shards`.
 */
export function shardOf(server: string | undefined, shards: number): number {
  return server !== undefined && /^\d+$/u.test(server) ? Number((BigInt(server) >> 22n) % BigInt(shards)) : 0;
}
