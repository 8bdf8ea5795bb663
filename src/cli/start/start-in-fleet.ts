import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { FleetSettings, Settings } from '../../config/environment.ts';
import type { Territory } from '../../engine/territory.ts';
import { groupsOf, shardOf } from '../../fleet/groups.ts';
import { createIdentifyTurns } from '../../fleet/identify-turns.ts';
import { keepProcesses, SERVES, startSame } from '../../fleet/keeper.ts';
import { type Taken, takeGroup } from '../../fleet/take-group.ts';
import type { CliIo } from '../cli-command.ts';
import type { House } from '../house.ts';
import { startOnDiscord } from './start-on-discord.ts';

/**
 * One of several processes of the bot, until aborted: takes a group of shards that nobody serves, or
 * stands by until there is one, and serves it for as long as it holds its lease. One that lost it (it
 * stood still, or could not reach the store) begins anew.
 *
 * @throws OperatorError as `startOnDiscord`, and where other processes split the servers otherwise.
 */
export async function startInFleet(
  house: House,
  discord: NonNullable<Settings['discord']>,
  fleet: FleetSettings,
  io: CliIo,
): Promise<void> {
  while (!io.signal.aborted) {
    const { leases } = house.store;
    const holder = `${process.pid}-${randomBytes(4).toString('hex')}`;
    const taken = await takeGroup({
      leases,
      shape: fleet,
      holder,
      machine: hostname(),
      signal: io.signal,
      standsBy: () => io.stdout.write(STANDS_BY),
    });
    const { group, holding } = taken;
    house.log.info('group-taken', { group: group.name, token: holding.fence.token });
    process.send?.(SERVES);
    try {
      const signal = AbortSignal.any([io.signal, holding.lost]);
      await startOnDiscord(
        partOf(house, fleet, taken),
        discord,
        { ...io, signal },
        {
          shards: group.shards,
          shardCount: fleet.shards,
          processes: groupsOf(fleet).length,
          identify: createIdentifyTurns(leases, holder),
          mayAct: holding.isHeld,
        },
      );
    } catch (error) {
      if (!holding.lost.aborted) throw error;
    } finally {
      await holding.release();
    }
    if (holding.lost.aborted) house.log.warn('group-lost', { group: group.name });
  }
}

const STANDS_BY = 'Standing by: all servers are served by other processes now.\n';

/** The house as one process of the fleet sees it: its own servers, and a store that takes its writes while it holds the lease. */
function partOf(house: House, fleet: FleetSettings, { group, holding }: Taken): House {
  const store = house.store.under(holding.fence);
  const territory: Territory = {
    group: group.name,
    others: groupsOf(fleet)
      .map(({ name }) => name)
      .filter((name) => name !== group.name),
    serves: (server) => group.shards.includes(shardOf(server, fleet.shards)),
  };
  return { ...house, store, createEngine: (options) => house.createEngine({ ...options, store, territory }) };
}

/** Keeps several such processes on this machine, until aborted. */
export async function keepFleet(
  { processes }: FleetSettings,
  house: Pick<House, 'log'>,
  io: CliIo,
): Promise<void> {
  await keepProcesses({
    processes,
    start: () => startSame({ ...io.env, PROCESSES: '1' }),
    log: house.log,
    signal: io.signal,
  });
}
