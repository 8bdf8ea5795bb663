import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import KeyvRedis, { createClient, type RedisClientType } from '@keyv/redis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { openEntries } from '../keyv-entries.ts';
import type { EntryConnection } from '../keyv-store.ts';
import { createLimiterCounters, LIMITER_OPTIONS } from '../limiter-counters.ts';
import { createRedisChanges } from './redis-changes.ts';
import { createRedisLeases } from './redis-leases.ts';
import { createRedisWrites } from './redis-writes.ts';

const CONNECT_TIMEOUT = 5000;

/** A server that is silent for so long is taken for gone; pings keep a quiet, healthy one talking. */
const SILENCE_TIMEOUT = 20_000;
const PING_INTERVAL = 5000;
const LONGEST_RETRY = 2000;
const CLOSE_TIMEOUT = 2000;

/** Between what an entry's key begins with and the key itself, as Keyv's adapter has it. */
const SEPARATOR = '::';

/**
 * Connects to Redis through Keyv's adapter. Keys are `dramatis/<kind>::<key>`.
 *
 * While the server is away commands fail at once rather than wait in the client's queue: the engine
 * must know that a beat is not stored. The client reconnects by itself.
 *
 * @throws the client's error where the first connection fails.
 */
export async function connectRedis(url: string): Promise<EntryConnection> {
  let connected = false;
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING_INTERVAL,
    socket: {
      connectTimeout: CONNECT_TIMEOUT,
      socketTimeout: SILENCE_TIMEOUT,
      reconnectStrategy: (attempts) => connected && Math.min(100 * 2 ** attempts, LONGEST_RETRY),
    },
  });
  // Each adapter listens to the one client.
  setMaxListeners(0, client);
  // Failures reach the caller with the command that failed; without a listener they would end the process.
  client.on('error', () => {});
  await client.connect();
  connected = true;
  const process = randomUUID();
  const changes = createRedisChanges(client, process);

  return {
    open(kind) {
      const namespace = `dramatis/${kind}`;
      const keyOf = (key: string) => `${namespace}${SEPARATOR}${key}`;
      const options = { namespace, keyPrefixSeparator: SEPARATOR, throwOnErrors: true };
      const entries = openEntries(new KeyvRedis(client, options), namespace);
      return Object.assign(entries, { guarded: createRedisWrites(client, kind, keyOf, process) });
    },
    leases: createRedisLeases(client),
    watch: changes.watch,
    counters: createLimiterCounters(
      new RateLimiterRedis({
        ...LIMITER_OPTIONS,
        storeClient: client,
        useRedisPackage: true,
        keyPrefix: 'dramatis/counters',
      }),
    ),
    async close() {
      await changes.close();
      if (client.isReady) await answered(client);
      if (client.isOpen) client.destroy();
    },
  };
}

/**
 * Waits until all that was asked before is answered, but not for long: the client's own `close` waits for ever
 * where the connection broke meanwhile.
 */
async function answered(client: RedisClientType): Promise<void> {
  const over = new AbortController();
  const patience = sleep(CLOSE_TIMEOUT, undefined, { signal: over.signal });
  await Promise.race([client.ping(), patience]).catch(() => undefined);
  over.abort();
}
