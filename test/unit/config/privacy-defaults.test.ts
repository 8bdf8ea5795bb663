import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ROOM_SETTINGS, type RoomSettingName, settingOf } from '../../../src/config/room-settings.ts';
import { playHouse } from '../../support/play-house.ts';

const doc = await readFile(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
const NAMES = Object.keys(ROOM_SETTINGS) as RoomSettingName[];

/** Default of each setting that the table of docs/privacy.md names. */
function documented(): Map<string, string> {
  const rows = doc.matchAll(/^\| `(\w+)` *\| ([^|]*?) *\|/gm);
  return new Map([...rows].map(([, name = '', value = '']) => [name, value.replaceAll('`', '')]));
}

function words(name: RoomSettingName): string {
  const { kind, default: value } = settingOf(name);
  if (kind === 'flag') return value ? 'on' : 'off';
  return String(value) === '' ? '—' : String(value);
}

test('docs/privacy.md tells every default, and nothing else', () => {
  expect(Object.fromEntries(documented())).toEqual(
    Object.fromEntries(NAMES.map((name) => [name, words(name)])),
  );
});

test('what else it says of defaults holds', async () => {
  expect(ROOM_SETTINGS.peek.default).toBe('owner');
  expect(ROOM_SETTINGS.ageRestricted.default).toBe(false);
  expect(doc).toContain(`after ${ROOM_SETTINGS.retentionDays.default} days`);
  expect(doc).toContain(`${ROOM_SETTINGS.retentionDays.default} days after its last activity`);
  const { engine } = await playHouse();
  expect(await engine.privacy.what('p1')).toMatchObject({ choices: false, optedOut: false });
  expect(await engine.servers.allowed('111111111111111111', 'p1')).toBe(false);
  await engine.close();
});
