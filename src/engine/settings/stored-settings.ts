import { z } from 'zod';
import { ROOM_SETTINGS, type RoomSettings, roomSettingsSchema } from '../../config/room-settings.ts';
import { PlayerError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { DAMAGED } from '../damaged-entries.ts';
import type { Mailbox } from '../mailbox.ts';
import type { LevelOfPlace, ServerConfig } from './settings-api.ts';

/**
 * What each level sets, in memory from when it is first needed: one document for all of a server, so
 * that its whole configuration changes at once or not at all, and one for each scene that sets something.
 */
export type StoredSettings = {
  /** @throws StoreError where one could not be read */
  load(levels: readonly LevelOfPlace[]): Promise<void>;
  /** What a level sets; nothing where it was never loaded. */
  of(level: LevelOfPlace): RoomSettings;
  /**
   * One change at a time, each on top of the one before.
   * @throws StoreError where it was not written; nothing has changed then
   */
  change(level: LevelOfPlace, next: (settings: RoomSettings) => RoomSettings): Promise<void>;
  whole(server: string): Promise<ServerConfig>;
  /** @throws PlayerError where it was changed after `revision` */
  replace(server: string, levels: ServerConfig['levels'], revision: number): Promise<void>;
};

const NOTHING: RoomSettings = {};
const UNSET: ServerConfig = { revision: 0, levels: {} };

const configSchema = z.object({
  revision: z.int().min(0).catch(0),
  levels: z.record(z.string(), z.unknown()),
});

/** An id that nobody has. */
const NOBODY = '000000000000000';

/** What holds of these where they cannot be read. */
const SHUT: RoomSettings = { playerRoles: [NOBODY], sceneChannels: [NOBODY], peek: 'nobody' };

/** @param turns in which documents are read and written, so that no change is lost between two writers */
export function createStoredSettings(store: SceneStore, turns: Mailbox, log: Log): StoredSettings {
  const servers = new Map<string, ServerConfig>();
  const scenes = new Map<string, RoomSettings>();

  /**
   * A value that is none any more (damaged, or another version wrote it) counts as not set, and the others
   * hold; where not set would let everyone in, nobody is.
   */
  function settingsIn(stored: unknown, of: string): RoomSettings {
    const whole = roomSettingsSchema.safeParse(stored);
    if (whole.success) return whole.data;
    log.warn('settings-unreadable', { of });
    const fit = Object.entries(entriesOf(stored)).filter(
      ([name, value]) =>
        Object.hasOwn(ROOM_SETTINGS, name) && roomSettingsSchema.safeParse({ [name]: value }).success,
    );
    const read = Object.fromEntries(fit);
    const shut = Object.entries(SHUT).filter(([name]) => name in entriesOf(stored) && !(name in read));
    return roomSettingsSchema.parse({ ...read, ...Object.fromEntries(shut) });
  }

  /** What cannot be read at all may have kept the cast’s thoughts from everyone. */
  function settingsOfScene(stored: unknown, log: string): RoomSettings {
    return stored === DAMAGED ? { peek: 'nobody' } : settingsIn(stored, log);
  }

  async function readServer(server: string): Promise<ServerConfig> {
    const stored = await store.get('server', configKey(server));
    if (stored === undefined) return UNSET;
    const found = configSchema.safeParse(stored);
    if (!found.success) {
      log.warn('settings-unreadable', { of: server });
      return { ...UNSET, levels: { server: SHUT } };
    }
    const { revision, levels } = found.data;
    const read = Object.entries(levels).map(([key, set]) => [key, settingsIn(set, `${server} ${key}`)]);
    return { revision, levels: Object.fromEntries(read) };
  }

  async function writeServer(server: string, config: ServerConfig): Promise<void> {
    await store.put('server', configKey(server), config);
    servers.set(server, config);
  }

  async function known(level: LevelOfPlace): Promise<void> {
    if (level.level === 'scene') {
      if (scenes.has(level.id)) return;
      const stored = await store.get('server', sceneKey(level.id));
      scenes.set(level.id, stored === undefined ? NOTHING : settingsOfScene(stored, level.id));
    } else if (!servers.has(level.server)) {
      servers.set(level.server, await readServer(level.server));
    }
  }

  const isKnown = (level: LevelOfPlace) =>
    level.level === 'scene' ? scenes.has(level.id) : servers.has(level.server);

  return {
    async load(levels) {
      const missing = levels.filter((level) => !isKnown(level));
      if (missing.length === 0) return;
      await turns.post(async () => {
        for (const level of missing) await known(level);
      });
    },
    of: (level) =>
      (level.level === 'scene' ? scenes.get(level.id) : servers.get(level.server)?.levels[levelKey(level)]) ??
      NOTHING,
    change(level, next) {
      return turns.post(async () => {
        if (level.level === 'scene') {
          await known(level);
          const changed = next(scenes.get(level.id) ?? NOTHING);
          if (Object.keys(changed).length === 0) await store.remove('server', sceneKey(level.id));
          else await store.put('server', sceneKey(level.id), changed);
          scenes.set(level.id, changed);
          return;
        }
        // Read again: another process may have written since.
        const { revision, levels } = await readServer(level.server);
        const { [levelKey(level)]: before = NOTHING, ...others } = levels;
        const changed = next(before);
        const kept = Object.keys(changed).length === 0 ? others : { ...others, [levelKey(level)]: changed };
        await writeServer(level.server, { revision: revision + 1, levels: kept });
      });
    },
    whole: (server) =>
      turns.post(async () => {
        const config = await readServer(server);
        servers.set(server, config);
        return config;
      }),
    replace(server, levels, revision) {
      return turns.post(async () => {
        const now = await readServer(server);
        if (now.revision !== revision) {
          servers.set(server, now);
          throw new PlayerError(
            'Somebody else changed the settings meanwhile, so nothing was saved. Look at them and try again.',
          );
        }
        await writeServer(server, { revision: revision + 1, levels });
      });
    },
  };
}

/** The key of a level in its server's configuration. */
export function levelKey({ level, id }: LevelOfPlace): string {
  return level === 'server' ? 'server' : `${level}/${id}`;
}

function configKey(server: string): string {
  return `config/${server}`;
}

function sceneKey(log: string): string {
  return `settings/scene/${log}`;
}

function entriesOf(stored: unknown): object {
  return typeof stored === 'object' && stored !== null ? stored : {};
}
