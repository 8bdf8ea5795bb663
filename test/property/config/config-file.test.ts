import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RoomSetting, type RoomSettingName, settingOf } from '../../../src/config/room-settings.ts';
import { maySet, SETTING_LEVELS, type SettingLevel } from '../../../src/config/setting-levels.ts';
import { configFile, readConfigFile } from '../../../src/engine/settings/config-file.ts';
import { SETTING_NAMES } from '../../../src/engine/settings/settings.ts';
import type { ServerConfig } from '../../../src/engine/settings/settings-api.ts';

const id = fc.bigInt({ min: 10n ** 16n, max: 10n ** 19n }).map(String);

function anyValueOf(setting: RoomSetting): fc.Arbitrary<unknown> {
  switch (setting.kind) {
    case 'number':
      return fc.integer({ min: setting.min, max: setting.max });
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...setting.choices);
    case 'id':
      return setting.of === 'model' ? fc.string({ maxLength: 100 }) : fc.option(id, { nil: '' });
    case 'ids':
      return fc.array(id, { maxLength: 5 });
  }
}

function settingsAt(level: SettingLevel) {
  const names = SETTING_NAMES.filter((name) => maySet(name, level));
  const values = Object.fromEntries(names.map((name) => [name, anyValueOf(settingOf(name))]));
  return fc.record(values, { requiredKeys: [] }).map((settings) => ({ ...settings }));
}

const levelKey = (level: SettingLevel, of: string) => (level === 'server' ? 'server' : `${level}/${of}`);

const config: fc.Arbitrary<ServerConfig> = fc.record({
  revision: fc.nat(),
  levels: fc
    .array(
      fc
        .constantFrom(...SETTING_LEVELS.filter((level) => level !== 'scene'))
        .chain((level) => fc.tuple(id, settingsAt(level)).map(([of, set]) => [levelKey(level, of), set])),
      { maxLength: 4 },
    )
    .map((entries) => Object.fromEntries(entries)),
});

test('what is exported is read again as it was', () => {
  fc.assert(
    fc.property(config, (one) => {
      expect(readConfigFile(configFile(one))).toEqual(one);
    }),
  );
});

test('one bad value among good ones is told on its own line', () => {
  const bad = fc.tuple(
    fc.constantFrom<RoomSettingName>('turnsPerLine', 'peek', 'playerRoles', 'model'),
    fc.constantFrom(null, -7, 'no such thing'.repeat(20), { deep: [] }),
  );
  fc.assert(
    fc.property(config, bad, (one, [name, value]) => {
      const { [name]: _gone, ...server } = one.levels['server'] ?? {};
      const text = configFile({ ...one, levels: { ...one.levels, server: { ...server, [name]: 'MARKER' } } });
      const spoilt = text.replace('"MARKER"', JSON.stringify(value));
      const line = text.slice(0, text.indexOf('"MARKER"')).split('\n').length;
      expect(() => readConfigFile(spoilt)).toThrow(`Line ${line}: ${name} is`);
    }),
  );
});
