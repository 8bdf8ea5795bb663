import type { Heard } from '../../engine/engine-api.ts';

/**
 * A page that lost its socket sends a line again, under the key it gave it. The scene hears it
 * once; both answers are the first one's.
 */
export type LineKeys = { once(key: string | undefined, hear: () => Promise<Heard>): Promise<Heard> };

const KEPT = 500;

export function createLineKeys(): LineKeys {
  const known = new Map<string, Promise<Heard>>();

  return {
    once(key, hear) {
      if (key === undefined) return hear();
      const before = known.get(key);
      if (before !== undefined) return before;
      const hearing = hear();
      known.set(key, hearing);
      // What failed was not heard; it may be tried again.
      hearing.catch(() => known.delete(key));
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
      return hearing;
    },
  };
}
