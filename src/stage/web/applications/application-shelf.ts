import type { SceneStore } from '../../../store/scene-store.ts';
import { type Application, storedApplicationSchema } from './application.ts';
import { hashOf, idOf, isSameHash, isTokenLike, newToken } from './token.ts';

type NewApplication = Pick<Application, 'name' | 'scopes' | 'origins'>;

/** The applications of a store. Nothing of them is kept in memory: another process may add and remove them. */
export type ApplicationShelf = {
  /** Oldest first. */
  list(): Promise<readonly Application[]>;
  /** The token is told here and never again. Undefined where another has that name. */
  add(application: NewApplication): Promise<{ application: Application; token: string } | undefined>;
  /** By id or name, large or small letters; undefined where there is none. */
  remove(which: string): Promise<Application | undefined>;
  /** Whose token it is. One look at the store, none where it does not even read like a token. */
  ofToken(token: string): Promise<Application | undefined>;
  isThere(id: string): Promise<boolean>;
  /** It was let in today. Written down once a day. */
  noteUse(application: Application): Promise<void>;
};

// On its own: noted by the stage while another process may be removing the application.
const USED = 'used/';

/** @param now milliseconds since 1970 */
export function createApplicationShelf(
  store: Pick<SceneStore, 'get' | 'put' | 'remove' | 'ids'>,
  now: () => number = Date.now,
): ApplicationShelf {
  async function read(id: string) {
    const stored = storedApplicationSchema.safeParse(await store.get('application', id)).data;
    if (!stored) return undefined;
    const day = await store.get('application', USED + id);
    const { hash, ...told } = stored;
    const application: Application = { id, ...told, ...(typeof day === 'string' ? { lastUsed: day } : {}) };
    return { application, hash };
  }

  async function list(): Promise<readonly Application[]> {
    const found: Application[] = [];
    for (const id of await Array.fromAsync(store.ids('application'))) {
      const one = id.startsWith(USED) ? undefined : await read(id);
      if (one) found.push(one.application);
    }
    return found.sort((a, b) => a.createdAt - b.createdAt);
  }

  async function find(which: string): Promise<Application | undefined> {
    const all = await list();
    const wanted = which.trim().toLowerCase();
    return all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name.toLowerCase() === wanted);
  }

  return {
    list,
    async add({ name, scopes, origins }) {
      if (await find(name)) return undefined;
      const token = newToken();
      const hash = hashOf(token);
      const id = idOf(hash);
      const createdAt = now();
      await store.put('application', id, { name, hash, scopes, origins, createdAt });
      return { application: { id, name, scopes, origins, createdAt }, token };
    },
    async remove(which) {
      const found = await find(which);
      if (!found) return undefined;
      await store.remove('application', found.id);
      await store.remove('application', USED + found.id);
      return found;
    },
    async ofToken(token) {
      if (!isTokenLike(token)) return undefined;
      const hash = hashOf(token);
      const found = await read(idOf(hash));
      return found && isSameHash(found.hash, hash) ? found.application : undefined;
    },
    isThere: async (id) => storedApplicationSchema.safeParse(await store.get('application', id)).success,
    async noteUse({ id, lastUsed }) {
      const today = new Date(now()).toISOString().slice(0, 10);
      if (lastUsed !== today) await store.put('application', USED + id, today);
    },
  };
}
