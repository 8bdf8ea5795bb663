import {
  ROOM_SETTINGS,
  type RoomSettingName,
  type RoomSettings,
  type Rules,
  settingOf,
} from './room-settings.ts';

/** Where a setting may be set; the first that sets it counts. */
export const SETTING_LEVELS = ['character', 'scene', 'channel', 'category', 'server'] as const;
export type SettingLevel = (typeof SETTING_LEVELS)[number];

export type SettingsByLevel = { readonly [Level in SettingLevel]?: RoomSettings };

/**
 * A setting's value, and where it comes from, so that people can be told.
 *
 * @param defaults for one process, in place of those that are shipped
 */
export function lookUpSetting<Name extends RoomSettingName>(
  name: Name,
  levels: SettingsByLevel,
  defaults: RoomSettings = {},
): { readonly value: Rules[Name]; readonly source: SettingLevel | 'default' } {
  for (const source of SETTING_LEVELS) {
    const value = maySet(name, source) ? levels[source]?.[name] : undefined;
    if (value !== undefined) return { value, source };
  }
  const shipped = ROOM_SETTINGS[name].default as Rules[Name];
  return { value: defaults[name] ?? shipped, source: 'default' };
}

/** The levels at which a setting can be set, the one that counts first first. */
export function levelsOf(name: RoomSettingName): readonly SettingLevel[] {
  return settingOf(name).only ?? ALL_BUT_CHARACTER;
}

const ALL_BUT_CHARACTER = SETTING_LEVELS.filter((level) => level !== 'character');

/** Whether a setting can be set at that level. */
export function maySet(name: RoomSettingName, level: SettingLevel): boolean {
  return levelsOf(name).includes(level);
}
