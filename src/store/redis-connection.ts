import { setMaxListeners } from 'node:events';
import KeyvRedis, { createClient } from '@keyv/redis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { openEntries } from './keyv-entries.ts';
import type { EntryConnection } from './keyv-store.ts';
import { createLimiterCounters, LIMITER_OPTIONS } from './limiter-counters.ts';

const CONNECT_TIMEOUT = 5000;

/** A server that is silent for so long is taken for gone; pings keep a quiet, healthy one talking. */
const SILENCE_TIMEOUT = 20_000;
const PING_INTERVAL = 5000;
const LONGEST_RETRY = 2000;

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
  const client = createClient({
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

  return {
    open(kind) {
      const namespace = `dramatis/${kind}`;
      return openEntries(new KeyvRedis(client, { namespace, throwOnErrors: true }), namespace);
    },
    counters: createLimiterCounters(
      new RateLimiterRedis({
        ...LIMITER_OPTIONS,
        storeClient: client,
        useRedisPackage: true,
        keyPrefix: 'dramatis/counters',
      }),
    ),
    async close() {
      if (client.isReady) await client.close();
      else if (client.isOpen) client.destroy();
    },
  };
}
