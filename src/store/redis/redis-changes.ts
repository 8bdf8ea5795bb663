import type { RedisClientType } from '@keyv/redis';
import { type ChangeListener, type Changes, readChange } from '../guarded-writes.ts';
import { CHANGES } from './redis-writes.ts';

/** What other processes publish of their writes, over a connection of its own: one that listens does nothing else. */
export function createRedisChanges(client: RedisClientType, process: string): Changes {
  const listeners = new Set<ChangeListener>();
  let subscriber: RedisClientType | undefined;
  let connecting: Promise<unknown> | undefined;

  const tell: ChangeListener = (change) => {
    for (const listener of listeners) listener(change);
  };

  const hear = (text: string): void => {
    const change = readChange(text, process);
    if (change) tell(change);
  };

  function listen(): RedisClientType {
    const own = client.duplicate();
    own.on('error', () => {});
    own.on('ready', () => {
      own.subscribe(CHANGES, hear).then(
        // What was published before it listened nobody repeats.
        () => tell('everything'),
        // The connection broke again: once it is ready, it comes here again.
        () => {},
      );
    });
    connecting = own.connect().catch(() => undefined);
    return own;
  }

  return {
    watch(listener) {
      listeners.add(listener);
      subscriber ??= listen();
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      if (subscriber?.isOpen) subscriber.destroy();
      await connecting;
    },
  };
}
