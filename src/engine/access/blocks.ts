import { z } from 'zod';
import type { SceneStore } from '../../store/scene-store.ts';
import { createMailbox } from '../mailbox.ts';
import type { Access, Block } from './access-api.ts';

export type Blocks = Pick<Access, 'block' | 'unblock' | 'blocked' | 'blocks'>;

/** How long it lasts is kept, not only when it ends: a clock that was set back must not make it longer. */
const storedSchema = z.object({
  by: z.string(),
  at: z.number(),
  lasts: z.number().optional(),
  reason: z.string().optional(),
});
type Stored = z.infer<typeof storedSchema>;

/** Of so many people it is kept in memory that nothing blocks them. */
const MOST_FREE = 5000;

/** Who is blocked in which server: a document each, `block/<server>/<person>`. */
export function createBlocks(store: SceneStore, now: () => number): Blocks {
  const writing = createMailbox();
  /** Of nearly all people there is no document; of these that is known, so that not each of their lines asks. */
  const free = new Set<string>();
  let written = 0;

  function isFree(key: string): void {
    if (free.size >= MOST_FREE) free.clear();
    free.add(key);
  }

  async function read(key: string): Promise<Stored | undefined> {
    const stored = await store.get('server', key);
    if (stored === undefined) return undefined;
    // One that cannot be read holds until somebody ends it.
    return storedSchema.safeParse(stored).data ?? { by: '', at: 0 };
  }

  /** What is over goes; what seems not to have begun yet begins now. */
  async function mend(key: string): Promise<Block | undefined> {
    const found = await read(key);
    if (!found) return undefined;
    const begun = { ...found, at: Math.min(found.at, now()) };
    if (isOver(begun, now())) {
      await store.remove('server', key);
      return undefined;
    }
    if (begun.at !== found.at) await store.put('server', key, begun);
    return blockOf(begun);
  }

  async function blockAt(key: string): Promise<Block | undefined> {
    if (free.has(key)) return undefined;
    const before = written;
    const found = await read(key);
    // What was read while a block was written may be older than it.
    if (!found && written === before) isFree(key);
    if (!found) return undefined;
    const inOrder = found.at <= now() && !isOver(found, now());
    return inOrder ? blockOf(found) : writing.post(() => mend(key));
  }

  return {
    block: (server, person, block) =>
      writing.post(async () => {
        const begun = { ...block, at: now() };
        const key = keyOf(server, person);
        try {
          await store.put('server', key, begun);
        } finally {
          // Also where it failed: it may have been written all the same.
          written += 1;
          free.delete(key);
        }
        return blockOf(begun);
      }),
    async unblock(server, person) {
      const key = keyOf(server, person);
      return writing.post(async () => {
        const blocked = (await mend(key)) !== undefined;
        if (blocked) await store.remove('server', key);
        return blocked;
      });
    },
    blocked: (server, person) => blockAt(keyOf(server, person)),
    async blocks(server) {
      const found: { person: string; block: Block }[] = [];
      const start = keyOf(server, '');
      for await (const key of store.ids('server')) {
        const block = key.startsWith(start) ? await blockAt(key) : undefined;
        if (block) found.push({ person: key.slice(start.length), block });
      }
      return found.sort((one, other) => other.block.at - one.block.at);
    },
  };
}

function isOver({ at, lasts }: Pick<Stored, 'at' | 'lasts'>, now: number): boolean {
  return lasts !== undefined && now >= at + lasts;
}

function blockOf({ by, at, lasts, reason }: Stored): Block {
  return {
    by,
    at,
    ...(lasts === undefined ? {} : { until: at + lasts }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function keyOf(server: string, person: string): string {
  return `block/${server}/${person}`;
}
