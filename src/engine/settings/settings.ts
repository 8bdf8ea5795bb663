import {
  ROOM_SETTINGS,
  type RoomSettingName,
  type RoomSettings,
  type Rules,
  settingSchema,
} from '../../config/room-settings.ts';
import {
  lookUpSetting,
  maySet,
  type SettingLevel,
  type SettingsByLevel,
} from '../../config/setting-levels.ts';
import { PlayerError } from '../../errors.ts';
import type { Registry } from '../registry.ts';
import type { SceneRecord } from '../scene-record.ts';
import { levelOfServer, levelsAround, levelsOfScene, MACHINE } from './levels-of-place.ts';
import { mayBe, notAtThatLevel } from './may-be.ts';
import type { LevelOfPlace, SettingPlace, Settings, ShownSetting } from './settings-api.ts';
import type { StoredSettings } from './stored-settings.ts';

export const SETTING_NAMES = Object.keys(ROOM_SETTINGS) as readonly RoomSettingName[];

/** What holds in a scene now; its levels were loaded when it was opened. */
export function rulesOf(
  stored: StoredSettings,
  record: SceneRecord,
  defaults: RoomSettings,
  cardId?: string,
): Rules {
  return rulesIn(byLevel(stored, levelsOfScene(record, cardId)), defaults);
}

function rulesIn(levels: SettingsByLevel, defaults: RoomSettings): Rules {
  const rules = SETTING_NAMES.map((name) => [name, lookUpSetting(name, levels, defaults).value]);
  return Object.fromEntries(rules) as Rules;
}

/** @param changed a scene goes by other rules now */
export function createSettings(
  stored: StoredSettings,
  registry: Registry,
  defaults: RoomSettings,
  changed: (record: SceneRecord) => void,
): Settings {
  /** By what each server sets: that is another object once it is changed. */
  const rulesByServer = new WeakMap<RoomSettings, Rules>();

  async function levels(place: SettingPlace, cardId?: string): Promise<readonly LevelOfPlace[]> {
    const record = (await registry.open(place.scene))?.record;
    const found =
      record && record.status !== 'ended'
        ? levelsOfScene(record, cardId)
        : [...characterLevel(place, cardId), ...levelsAround(place, place.scene)];
    await stored.load(found);
    return found;
  }

  async function show(place: SettingPlace, cardId?: string): Promise<readonly ShownSetting[]> {
    const here = await levels(place, cardId);
    const set = byLevel(stored, here);
    return SETTING_NAMES.map((name) => {
      const { value, source } = lookUpSetting(name, set, defaults);
      const setBy = here.flatMap((level) => {
        const own = maySet(name, level.level) ? set[level.level]?.[name] : undefined;
        return own === undefined ? [] : [{ level, value: own }];
      });
      return { name, value, source: here.find(({ level }) => level === source) ?? 'default', set: setBy };
    });
  }

  /** Whoever looks at a scene that this level reaches is told. */
  function announce({ level, id, server }: LevelOfPlace): void {
    for (const { record } of registry.live()) {
      if (record.status === 'ended') continue;
      const reached =
        level === 'character'
          ? (record.server ?? MACHINE) === server
          : levelsOfScene(record).some((one) => one.level === level && one.id === id);
      if (reached) changed(record);
    }
  }

  async function setAll(level: LevelOfPlace, values: RoomSettings): Promise<void> {
    for (const [name, value] of Object.entries(values))
      checkValue(name as RoomSettingName, value, level.level);
    await stored.change(level, (settings) => ({ ...settings, ...values }));
    announce(level);
  }

  return {
    levels,
    show,
    rules: async (place, cardId) => rulesIn(byLevel(stored, await levels(place, cardId)), defaults),
    async rulesOfServer(server) {
      const level = levelOfServer(server);
      await stored.load([level]);
      const set = stored.of(level);
      const rules = rulesByServer.get(set) ?? rulesIn({ server: set }, defaults);
      rulesByServer.set(set, rules);
      return rules;
    },
    async at(level) {
      await stored.load([level]);
      return stored.of(level);
    },
    set: (level, name, value) => setAll(level, { [name]: value }),
    setAll,
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
    whole: (server) => stored.whole(server),
    async replace(server, config, revision) {
      await stored.replace(server, config, revision);
      for (const { record } of registry.live()) {
        if (record.status !== 'ended' && (record.server ?? MACHINE) === server) changed(record);
      }
    },
  };
}

/** @throws PlayerError that names what a setting may be, and where it may be set */
function checkValue(name: RoomSettingName, value: unknown, level: SettingLevel): void {
  if (!maySet(name, level)) throw new PlayerError(notAtThatLevel(name));
  if (!settingSchema(name).safeParse(value).success) throw new PlayerError(mayBe(name));
}

function characterLevel({ server }: SettingPlace, cardId: string | undefined): readonly LevelOfPlace[] {
  return cardId === undefined ? [] : [{ level: 'character', id: cardId, server: server ?? MACHINE }];
}

function byLevel(stored: StoredSettings, levels: readonly LevelOfPlace[]): SettingsByLevel {
  return Object.fromEntries(levels.map((level) => [level.level, stored.of(level)]));
}
