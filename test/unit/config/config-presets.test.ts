import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { CONFIG_PRESET_NAMES, CONFIG_PRESETS } from '../../../src/config/config-presets.ts';
import {
  ROOM_SETTINGS,
  type RoomSettingName,
  settingOf,
  settingSchema,
} from '../../../src/config/room-settings.ts';
import { settingWords } from '../../../src/engine/command/setting-value.ts';
import { render } from '../../../src/words/render.ts';

/** What no preset decides, written down apart from the types that say so. */
const OWN: ReadonlySet<string> = new Set(['model', 'language', 'proxies', 'logChannel']);
const decided = (Object.keys(ROOM_SETTINGS) as RoomSettingName[]).filter(
  (name) => settingOf(name).kind !== 'ids' && !OWN.has(name),
);

describe.each(CONFIG_PRESET_NAMES)('%s', (preset) => {
  const { rules } = CONFIG_PRESETS[preset];

  test('decides everything that a preset decides, and nothing else', () => {
    expect(Object.keys(rules).toSorted()).toEqual(decided.toSorted());
  });

  test('sets what may be set for a server', () => {
    for (const [name, value] of Object.entries(rules)) {
      expect(settingSchema(name as RoomSettingName).safeParse(value).success, name).toBe(true);
    }
  });

  test('lets no age-restricted material in', () => {
    expect(rules.ageRestricted).toBe(false);
  });
});

test('standard is what holds where nothing is set', () => {
  for (const name of decided)
    expect(CONFIG_PRESETS.standard.rules).toHaveProperty(name, ROOM_SETTINGS[name].default);
});

test('docs/moderation.md tells where they differ', async () => {
  const docs = await readFile(new URL('../../../docs/moderation.md', import.meta.url), 'utf8');
  const rows = [...docs.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\|$/gmu)].map(
    ([, ...row]) => row,
  );
  const words = (name: RoomSettingName, preset: (typeof CONFIG_PRESET_NAMES)[number]) =>
    render(
      settingWords(
        name,
        CONFIG_PRESETS[preset].rules[name as keyof (typeof CONFIG_PRESETS)['standard']['rules']],
      ),
    );
  const differing = decided
    .map((name) => [name, ...CONFIG_PRESET_NAMES.map((preset) => words(name, preset))])
    .filter(([, ...values]) => new Set(values).size > 1);
  expect(rows).toEqual(differing);
});
