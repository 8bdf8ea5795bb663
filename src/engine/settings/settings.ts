import { ROOM_SETTINGS, type RoomSettingName, type RoomSettings } from '../../config/room-settings.ts';
import { lookUpSetting, type SettingsByLevel } from '../../config/setting-levels.ts';
import { PlayerError } from '../../errors.ts';
import type { Limits } from '../engine-api.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { levelsAround, levelsOfScene } from './levels-of-place.ts';
import type { LevelOfPlace, SettingPlace, Settings } from './settings-api.ts';
import type { StoredSettings } from './stored-settings.ts';

export const SETTING_NAMES = Object.keys(ROOM_SETTINGS) as readonly RoomSettingName[];

/** The limits of a scene now; its levels were loaded when it was opened. */
export function limitsOf(stored: StoredSettings, record: SceneRecord, defaults: RoomSettings): Limits {
  const levels = byLevel(stored, levelsOfScene(record));
  const value = (name: RoomSettingName) => lookUpSetting(name, levels, defaults).value;
  return {
    turnsPerLine: value('turnsPerLine'),
    turnsPerServerDay: value('turnsPerServerDay'),
    linesPerPlayerHour: value('linesPerPlayerHour'),
    consideringAfterMs: value('consideringAfterMs'),
    gatherMs: value('gatherMs'),
    gatherCapMs: value('gatherCapMs'),
    interruptions: value('interruptions'),
  };
}

/** @param changed a scene goes by other numbers now */
export function createSettings(
  stored: StoredSettings,
  registry: Registry,
  defaults: RoomSettings,
  changed: (record: SceneRecord) => void,
): Settings {
  async function levels(place: SettingPlace): Promise<readonly LevelOfPlace[]> {
    const record = (await registry.open(place.scene))?.record;
    if (record && record.status !== 'ended') return levelsOfScene(record);
    return levelsAround(place, place.scene);
  }

  /** Whoever looks at a scene that this level reaches is told. */
  function announce({ level, id }: LevelOfPlace): void {
    for (const { record } of registry.live()) {
      if (record.status === 'ended') continue;
      if (levelsOfScene(record).some((one) => one.level === level && one.id === id)) changed(record);
    }
  }

  return {
    levels,
    async show(place) {
      const here = await levels(place);
      await stored.load(here);
      const set = byLevel(stored, here);
      return SETTING_NAMES.map((name) => {
        const { value, source } = lookUpSetting(name, set, defaults);
        return { name, value, source: here.find(({ level }) => level === source) ?? 'default' };
      });
    },
    async set(level, name, value) {
      const { min, max } = ROOM_SETTINGS[name];
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new PlayerError(`${name} is a whole number from ${min} to ${max}.`);
      }
      await stored.change(level, (settings) => ({ ...settings, [name]: value }));
      announce(level);
    },
    async reset(level, name) {
      let gone: readonly RoomSettingName[] = [];
      await stored.change(level, (settings) => {
        gone = SETTING_NAMES.filter((one) => one in settings && (name ?? one) === one);
        return Object.fromEntries(
          Object.entries(settings).filter(([one]) => !gone.some((removed) => removed === one)),
        );
      });
      announce(level);
      return gone;
    },
  };
}

function byLevel(stored: StoredSettings, levels: readonly LevelOfPlace[]): SettingsByLevel {
  return Object.fromEntries(levels.map((level) => [level.level, stored.of(level)]));
}
