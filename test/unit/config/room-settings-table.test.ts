import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type RoomSettingName, SETTING_GROUPS, settingOf } from '../../../src/config/room-settings.ts';
import { levelsOf, SETTING_LEVELS } from '../../../src/config/setting-levels.ts';
import { settingWords } from '../../../src/engine/command/setting-value.ts';
import { render } from '../../../src/words/render.ts';

const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');

/** The cells of each table on the page, below its title. */
function tables(): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const [, title = '', body = ''] of page.matchAll(/^### (.+)\n+((?:\|.*\n)+)/gmu)) {
    const rows = body.trim().split('\n').slice(2);
    found.set(
      title,
      rows.map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    );
  }
  return found;
}

function bounds(name: RoomSettingName): string {
  const setting = settingOf(name);
  switch (setting.kind) {
    case 'number':
      return [setting.min, setting.max].map((value) => render(settingWords(name, value))).join(' to ');
    case 'flag':
      return 'on, off';
    case 'choice':
      return setting.choices.join(', ');
    case 'id':
      return setting.of === 'model' ? 'a model that the operator offers' : 'a channel';
    case 'ids':
      return { role: 'roles', channel: 'channels', person: 'people', world: 'worlds' }[setting.of];
  }
}

function levels(name: RoomSettingName): string {
  const at = levelsOf(name);
  if (at.length === SETTING_LEVELS.length) return 'all';
  return at.length === 1 ? at.join('') : 'all but character';
}

test('the page of settings says of each what the code says', () => {
  const written = tables();
  const expected = SETTING_GROUPS.map(
    ({ title, names }) =>
      [
        render(title),
        names.map((name) => {
          const { about, default: usual } = settingOf(name);
          return [
            `\`${name}\``,
            render(settingWords(name, usual)),
            bounds(name),
            levels(name),
            render(about),
          ];
        }),
      ] as const,
  );
  expect([...written]).toEqual(expected);
});
