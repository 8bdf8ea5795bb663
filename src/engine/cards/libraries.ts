import type { Library } from '../../cast/library/library-api.ts';
import type { Log } from '../../log.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { openServerLibrary } from './server-library.ts';
import { createServerShelf, type ServerIndex } from './server-shelf.ts';

/** The libraries of servers: what everyone may play with, and what each added for itself. One object a server. */
export type Libraries = {
  /** Read from storage where it is not in memory; without a server the operator's. */
  of(server: string | undefined): Promise<Library>;
  /** The same, of one that was asked for before. */
  known(server: string | undefined): Library;
  /** What servers added, without reading it. */
  indexes(): Promise<ReadonlyMap<string, ServerIndex>>;
  /**
   * Takes all away that a server added, or what one person brought to any. Scenes go on without it.
   * Returns the servers where there was anything. `forget`: what else goes with a card, and first, so that an
   * erasure that is cut short still finds it.
   */
  erase(
    of: { readonly server: string } | { readonly person: string },
    forget: (server: string, cardId: string) => Promise<void>,
  ): Promise<readonly string[]>;
};

/** @param serves whether this process serves a server: what others serve is theirs to change */
export function createLibraries(
  everyones: Library,
  store: SceneStore,
  log: Log,
  serves: (server: string) => boolean = () => true,
): Libraries {
  const shelf = createServerShelf(store);
  // Promises, so that two who ask at once get the same one.
  const opened = new Map<string, Promise<Library>>();
  const known = new Map<string, Library>();

  async function of(server: string | undefined): Promise<Library> {
    if (server === undefined) return everyones;
    const before = opened.get(server);
    if (before) return before;
    const opening = openServerLibrary(server, everyones, shelf, (kind, id) =>
      log.warn('card-unread', { server, kind, id }),
    );
    opened.set(server, opening);
    try {
      const library = await opening;
      known.set(server, library);
      return library;
    } catch (error) {
      opened.delete(server);
      throw error;
    }
  }

  async function indexes(): Promise<ReadonlyMap<string, ServerIndex>> {
    const servers = await shelf.servers();
    return new Map(
      await Promise.all(servers.map(async (server) => [server, await shelf.index(server)] as const)),
    );
  }

  /** What is broken is in no library, and removed all the same. */
  async function eraseIn(
    server: string,
    index: ServerIndex,
    person: string | undefined,
    forget: (server: string, cardId: string) => Promise<void>,
  ): Promise<boolean> {
    const goes = (some: ServerIndex['cards']) =>
      Object.keys(some).filter((id) => person === undefined || some[id]?.by === person);
    const [cards, worlds] = [goes(index.cards), goes(index.worlds)];
    if (cards.length + worlds.length === 0) return false;
    const library = await of(server);
    for (const id of cards) await forget(server, id);
    for (const id of cards) if (!(await library.remove(id))) await shelf.removeCard(server, id);
    for (const id of worlds) if (!(await library.removeWorld(id))) await shelf.removeWorld(server, id);
    return true;
  }

  return {
    of,
    known: (server) => (server === undefined ? everyones : (known.get(server) ?? everyones)),
    indexes,
    async erase(which, forget) {
      const person = 'person' in which ? which.person : undefined;
      const looked =
        'server' in which
          ? [[which.server, await shelf.index(which.server)] as const]
          : [...(await indexes())].filter(([server]) => serves(server));
      const found: string[] = [];
      for (const [server, index] of looked) {
        if (await eraseIn(server, index, person, forget)) found.push(server);
      }
      return found;
    },
  };
}
