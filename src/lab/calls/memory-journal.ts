import type { Call } from './call.ts';
import type { Journal } from './journal.ts';

/** A journal that ends with the process. */
export function createMemoryJournal(): Journal {
  const calls = new Map<string, Call>();
  return {
    get size() {
      return calls.size;
    },
    has: (key) => calls.has(key),
    read: async (key) => calls.get(key),
    append: async (call) => {
      if (!calls.has(call.key)) calls.set(call.key, call);
    },
    close: async () => {},
  };
}
