import { describe, expect, test } from 'vitest';
import {
  ROOM_SETTINGS,
  type RoomSettingName,
  roomSettingsSchema,
} from '../../../src/config/room-settings.ts';
import { lookUpSetting, SETTING_LEVELS } from '../../../src/config/setting-levels.ts';

describe('a setting', () => {
  test('has its default where no level sets it', () => {
    expect(lookUpSetting('turnsPerLine', {})).toEqual({ value: 3, source: 'default' });
    expect(lookUpSetting('turnsPerLine', { server: { linesPerPlayerHour: 1 } })).toEqual({
      value: 3,
      source: 'default',
    });
  });

  test('is taken from the level nearest to the character', () => {
    let levels = {};
    for (const [i, level] of SETTING_LEVELS.toReversed().entries()) {
      levels = { ...levels, [level]: { turnsPerLine: i } };
      expect(lookUpSetting('turnsPerLine', levels)).toEqual({ value: i, source: level });
    }
  });

  test.each(Object.keys(ROOM_SETTINGS) as RoomSettingName[])(
    '%s is kept within its bounds, its default too',
    (name) => {
      const { default: usual, min, max } = ROOM_SETTINGS[name];
      for (const value of [usual, min, max])
        expect(roomSettingsSchema.parse({ [name]: value })).toEqual({ [name]: value });
      for (const value of [min - 1, max + 1, min + 0.5, String(usual), null]) {
        expect(roomSettingsSchema.safeParse({ [name]: value }).success).toBe(false);
      }
    },
  );

  test('that nobody knows is refused', () => {
    expect(roomSettingsSchema.safeParse({ turnsPerLife: 1 }).success).toBe(false);
  });
});
