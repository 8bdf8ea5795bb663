import { type RoomSettings, roomSettingsSchema } from '../../config/room-settings.ts';
import type { Log } from '../../log.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import type { Mailbox } from '../mailbox.ts';
import type { LevelOfPlace } from './settings-api.ts';

/** What each level sets, one document a level; in memory from when it is first needed. */
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
};

const NOTHING: RoomSettings = {};

/** @param turns in which documents are read and written, so that no change is lost between two writers */
export function createStoredSettings(store: SceneStore, turns: Mailbox, log: Log): StoredSettings {
  const known = new Map<string, RoomSettings>();

  async function read(level: LevelOfPlace): Promise<RoomSettings> {
    const stored = await store.get('server', keyOf(level));
    if (stored === undefined) return NOTHING;
    const found = roomSettingsSchema.safeParse(stored);
    if (found.success) return found.data;
    log.warn('settings-unreadable', { of: level.level, id: level.id });
    return NOTHING;
  }

  return {
    async load(levels) {
      const missing = levels.filter((level) => !known.has(keyOf(level)));
      if (missing.length === 0) return;
      await turns.post(async () => {
        for (const level of missing) known.set(keyOf(level), await read(level));
      });
    },
    of: (level) => known.get(keyOf(level)) ?? NOTHING,
    change(level, next) {
      return turns.post(async () => {
        const changed = next(await read(level));
        if (Object.keys(changed).length === 0) await store.remove('server', keyOf(level));
        else await store.put('server', keyOf(level), changed);
        known.set(keyOf(level), changed);
      });
    },
  };
}

function keyOf({ level, id }: LevelOfPlace): string {
  return `settings/${level}/${id}`;
}
