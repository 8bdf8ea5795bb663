import { ROOM_SETTINGS, type RoomSettingName, type RoomSettings } from './room-settings.ts';

/** Where a setting may be set; the first that sets it counts. */
export const SETTING_LEVELS = ['character', 'scene', 'channel', 'category', 'server'] as const;
export type SettingLevel = (typeof SETTING_LEVELS)[number];

export type SettingsByLevel = { readonly [Level in SettingLevel]?: RoomSettings };

/**
 * A setting's value, and where it comes from, so that people can be told.
 *
 * @param defaults for one process, in place of those that are shipped
 */
export function lookUpSetting(
  name: RoomSettingName,
  levels: SettingsByLevel,
  defaults: RoomSettings = {},
): { readonly value: number; readonly source: SettingLevel | 'default' } {
  for (const source of SETTING_LEVELS) {
    const value = levels[source]?.[name];
    if (value !== undefined) return { value, source };
  }
  return { value: defaults[name] ?? ROOM_SETTINGS[name].default, source: 'default' };
}
