import { z } from 'zod';
import type { SceneStore } from '../store/scene-store.ts';
import type { Servers } from './engine-api.ts';
import type { Settings } from './settings/settings-api.ts';

const standingSchema = z.object({ approved: z.boolean(), halted: z.boolean() });
type Standing = z.infer<typeof standingSchema>;

/**
 * Where the bot may play on Discord: servers that the operator listed, approved, or owns, and that
 * nobody halted.
 *
 * @param stopScenes stops every scene of a server and says how many there were
 */
export function createServers(
  store: SceneStore,
  listed: '*' | readonly string[],
  owners: readonly string[],
  stopScenes: (server: string) => Promise<number>,
  settings: Pick<Settings, 'rulesOfServer'>,
): Servers {
  async function standing(server: string): Promise<Standing> {
    const stored = await store.get('server', `standing/${server}`);
    if (stored === undefined) return { approved: false, halted: false };
    // What cannot be read may have said that nobody plays there.
    return standingSchema.safeParse(stored).data ?? { approved: false, halted: true };
  }

  return {
    async allowed(server, ownerId) {
      const { approved, halted } = await standing(server);
      if (halted) return false;
      const owned = ownerId !== undefined && owners.includes(ownerId);
      return approved || owned || listed === '*' || listed.includes(server);
    },
    async approve(server) {
      await store.put('server', `standing/${server}`, { approved: true, halted: false });
    },
    async halt(server) {
      const { approved } = await standing(server);
      await store.put('server', `standing/${server}`, { approved, halted: true });
      return stopScenes(server);
    },
    async halted(server) {
      return (await standing(server)).halted;
    },
    async proxies(server) {
      return (await settings.rulesOfServer(server)).proxies;
    },
  };
}
