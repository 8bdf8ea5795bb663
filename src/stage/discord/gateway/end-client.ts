import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type ClientOptions, type REST, SimpleShardingStrategy } from 'discord.js';

type BuildStrategy = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>;
type Manager = Parameters<BuildStrategy>[0];

/** What the library connects with, by the REST of the client that it is for. */
const connecting = new WeakMap<
  REST,
  { readonly manager: Manager; readonly strategy: SimpleShardingStrategy }
>();

/** Handed to each client of the library, so that `endClient` can end it whatever it is doing. */
export const buildStrategy: BuildStrategy = (manager) => {
  const strategy = new SimpleShardingStrategy(manager);
  connecting.set(manager.options.rest, { manager, strategy });
  return strategy;
};

const PATIENCE_MS = 3000;

/**
 * Ends a client for good. The library alone does not: a connection that waits to be made anew is made after the end,
 * and one that is being made stands after it. It also waits for a shard that is about to be ready, which it may never
 * be; in an outage we do not.
 */
export async function endClient(client: Client): Promise<void> {
  const made = connecting.get(client.rest);
  // It forgets them at its end.
  const shards = made ? [...made.strategy['shards'].values()] : [];
  // Before a shard connects it asks for its session; it waits for the answer now, and nothing waits for it.
  if (made) made.manager.options.retrieveSessionInfo = () => new Promise(() => undefined);
  const enough = new AbortController();
  const waited = sleep(PATIENCE_MS, undefined, { signal: enough.signal, ref: false }).catch(() => undefined);
  await Promise.race([client.destroy(), waited]);
  enough.abort();
  for (const shard of shards) {
    const socket = shard['connection'];
    if (!socket || socket.readyState !== socket.CONNECTING) continue;
    // To be broken off is an error to it, which nobody needs to hear.
    socket.onerror = () => undefined;
    socket.close();
  }
}
