import { describe, expect, test } from 'vitest';
import {
  MOST_IDS,
  ROOM_SETTINGS,
  type RoomSetting,
  type RoomSettingName,
  roomSettingsSchema,
  SETTING_GROUPS,
  settingOf,
} from '../../../src/config/room-settings.ts';
import { levelsOf, lookUpSetting, maySet, SETTING_LEVELS } from '../../../src/config/setting-levels.ts';

const ID = '123456789012345678';

/** Values that a setting takes, its default first, and others that it must not take. */
function samplesOf(setting: RoomSetting): { good: readonly unknown[]; bad: readonly unknown[] } {
  switch (setting.kind) {
    case 'number': {
      const { default: usual, min, max } = setting;
      return { good: [usual, min, max], bad: [min - 1, max + 1, min + 0.5, String(usual), null] };
    }
    case 'flag':
      return { good: [setting.default, !setting.default], bad: ['on', 1, null] };
    case 'choice':
      return { good: [setting.default, ...setting.choices], bad: ['neither', true, null] };
    case 'id':
      return setting.of === 'model'
        ? { good: [setting.default, 'large'], bad: ['x'.repeat(101), 1, null] }
        : { good: [setting.default, ID], bad: ['#tavern', `<#${ID}>`, 1, null] };
    case 'ids':
      if (setting.of === 'world') {
        return {
          good: [setting.default, ['the-harbour', 'hafenstraße-2']],
          bad: ['the-harbour', ['The Harbour'], ['../harbour'], [''], ['x'.repeat(101)], null],
        };
      }
      return {
        good: [setting.default, [ID, `${ID}9`]],
        bad: [ID, ['@tom'], [''], Array<string>(MOST_IDS + 1).fill(ID), null],
      };
  }
}

describe('a setting', () => {
  test('has its default where no level sets it', () => {
    expect(lookUpSetting('turnsPerLine', {})).toEqual({ value: 3, source: 'default' });
    expect(lookUpSetting('turnsPerLine', { server: { linesPerPlayerHour: 1 } })).toEqual({
      value: 3,
      source: 'default',
    });
  });

  test('is taken from the level nearest to the scene', () => {
    let levels = {};
    for (const [i, level] of SETTING_LEVELS.toReversed().entries()) {
      if (!maySet('turnsPerLine', level)) continue;
      levels = { ...levels, [level]: { turnsPerLine: i } };
      expect(lookUpSetting('turnsPerLine', levels)).toEqual({ value: i, source: level });
    }
  });

  test('counts only at the levels where it may be set', () => {
    const levels = { character: { turnsPerLine: 9, peek: 'nobody' }, scene: { logWhispers: false } } as const;
    expect(lookUpSetting('turnsPerLine', levels).source).toBe('default');
    expect(lookUpSetting('logWhispers', levels)).toEqual({ value: true, source: 'default' });
    expect(lookUpSetting('peek', levels)).toEqual({ value: 'nobody', source: 'character' });
    expect(levelsOf('logWhispers')).toEqual(['server']);
  });

  test.each(Object.keys(ROOM_SETTINGS) as RoomSettingName[])('%s is kept within its bounds', (name) => {
    const { good, bad } = samplesOf(settingOf(name));
    for (const value of good) expect(roomSettingsSchema.parse({ [name]: value })).toEqual({ [name]: value });
    for (const value of bad) expect(roomSettingsSchema.safeParse({ [name]: value }).success).toBe(false);
  });

  test('that nobody knows is refused', () => {
    expect(roomSettingsSchema.safeParse({ turnsPerLife: 1 }).success).toBe(false);
  });
});

test('every setting is shown in exactly one group', () => {
  const shown = SETTING_GROUPS.flatMap(({ names }) => names);
  expect(shown.toSorted()).toEqual(Object.keys(ROOM_SETTINGS).toSorted());
});
