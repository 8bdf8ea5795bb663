import { z } from 'zod';
import type { SceneStore } from '../../store/scene-store.ts';
import { createMailbox } from '../mailbox.ts';

/** `words` are made harmless before they are kept; `by`: stage user id of whoever asked for it. */
const askedSchema = z.object({ id: z.string(), words: z.string(), by: z.string() });
const shelfSchema = z.object({ asked: z.array(askedSchema) });
export type Asked = Readonly<z.infer<typeof askedSchema>>;

/** What the people of each server ask of lines: one document a server, in memory once it was read. */
export type PrincipleShelf = {
  of(server: string): Promise<readonly Asked[]>;
  /**
   * One change at a time, each on top of the one before.
   * @throws StoreError where it was not written; nothing has changed then
   */
  change<T>(
    server: string,
    next: (asked: readonly Asked[]) => { readonly asked: readonly Asked[]; readonly result: T },
  ): Promise<T>;
  /** Another process wrote this server's, or (absent) may have written any: they are read anew. */
  forget(server?: string): void;
  /** All servers of which anything is stored. */
  servers(): Promise<readonly string[]>;
};

export function createPrincipleShelf(store: SceneStore): PrincipleShelf {
  const turns = createMailbox();
  const known = new Map<string, readonly Asked[]>();

  async function read(server: string): Promise<readonly Asked[]> {
    const before = known.get(server);
    if (before) return before;
    const found = shelfSchema.safeParse(await store.get('principle', server)).data?.asked ?? [];
    known.set(server, found);
    return found;
  }

  return {
    // Read in its turn, so that what is read late never stands over what was written meanwhile.
    of: async (server) => known.get(server) ?? turns.post(() => read(server)),
    change: (server, next) =>
      turns.post(async () => {
        const { asked, result } = next(await read(server));
        if (asked.length === 0) await store.remove('principle', server);
        else await store.put('principle', server, { asked });
        known.set(server, asked);
        return result;
      }),
    forget(server) {
      if (server === undefined) known.clear();
      else known.delete(server);
    },
    servers: () => Array.fromAsync(store.ids('principle')),
  };
}
