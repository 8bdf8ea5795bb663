import {
  MOST_IDS,
  type NumberSetting,
  type RoomSettingName,
  type SettingValue,
  settingOf,
  WORLD_ID,
} from '../../config/room-settings.ts';
import { PlayerError } from '../../errors.ts';
import { asTyped, joined, type Message, say } from '../../words/text.ts';
import { isTime, mayBe, NUMBER_WORDS } from '../settings/may-be.ts';
import type { CommandContext } from './command.ts';

/** Milliseconds of each unit in which a stretch of time may be typed. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
};

/** So many of a list are shown; how many more there are is said. */
const SHOWN = 8;

/** How each is named: as a mention, or by its id. */
const NAMED = {
  role: /^(?:<@&(\d{15,21})>|(\d{15,21}))$/u,
  channel: /^(?:<#(\d{15,21})>|(\d{15,21}))$/u,
  person: /^(?:<@!?(\d{15,21})>|(\d{15,21}))$/u,
  world: WORLD_ID,
} as const;

/**
 * A setting's value as typed: `3`; of a time also `2.5 s` or `1 min`; of `interruptions` also `queue`
 * or `interrupt`; `on` and `off`; one of its choices; ids or mentions of roles, channels and people; ids
 * of worlds;
 * `none` where it may be empty.
 * @throws PlayerError that says what it may be
 */
export function readSettingValue(name: RoomSettingName, typed: string): SettingValue {
  const setting = settingOf(name);
  const text = typed.trim();
  switch (setting.kind) {
    case 'number':
      return readNumber(name, setting, text.toLowerCase());
    case 'flag':
      if (/^(on|yes|true)$/iu.test(text)) return true;
      if (/^(off|no|false)$/iu.test(text)) return false;
      throw new PlayerError(mayBe(name));
    case 'choice': {
      const found = setting.choices.find((choice) => choice === text.toLowerCase());
      if (found === undefined) throw new PlayerError(mayBe(name));
      return found as SettingValue;
    }
    case 'id': {
      if (isNone(text)) return '';
      if (setting.of === 'model') return text;
      const [id, ...more] = readIds(name, setting.of, text);
      if (id === undefined || more.length > 0) throw new PlayerError(mayBe(name));
      return id;
    }
    case 'ids':
      return isNone(text) ? [] : readIds(name, setting.of, text);
  }
}

function readNumber(name: RoomSettingName, { min, max }: NumberSetting, text: string): number {
  const words = NUMBER_WORDS[name] ?? {};
  const [, digits, unit = ''] = /^(\d{1,10}(?:\.\d{1,3})?)\s*([a-z]*)$/u.exec(text) ?? [];
  const size = unit === '' ? 1 : isTime(name) ? UNITS[unit] : undefined;
  const value = Object.hasOwn(words, text)
    ? words[text]
    : digits !== undefined && size !== undefined
      ? Number((Number(digits) * size).toFixed(3))
      : undefined;
  if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new PlayerError(mayBe(name));
}

/** Each once. What is no id refuses the whole: a list that came out empty would mean everyone. */
function readIds(name: RoomSettingName, of: keyof typeof NAMED, text: string): readonly string[] {
  const parts = text
    .replaceAll('>', '> ')
    .split(/[\s,;]+/u)
    .filter((part) => part !== '');
  const ids = parts.map((part) => {
    const [, mentioned, bare] = NAMED[of].exec(part) ?? [];
    const id = mentioned ?? bare;
    if (id === undefined) throw new PlayerError(mayBe(name));
    return id;
  });
  const once = [...new Set(ids)];
  if (once.length > MOST_IDS) throw new PlayerError(mayBe(name));
  return once;
}

function isNone(text: string): boolean {
  return text.toLowerCase() === 'none';
}

/**
 * A setting's value for people: `2.5 s`, `0 (queue)`, `3`, `on`, `<@&…>`.
 * @param known what of the roles and channels is still there; without it all of them are
 */
export function settingWords(
  name: RoomSettingName,
  value: SettingValue,
  known?: CommandContext['known'],
): Message {
  const setting = settingOf(name);
  if (typeof value === 'boolean') return asTyped(value ? 'on' : 'off');
  if (typeof value === 'number') return asTyped(numberWords(name, value));
  const ids = typeof value === 'string' ? [value].filter((id) => id !== '') : value;
  if (ids.length === 0) return asTyped('none');
  if ((setting.kind !== 'id' && setting.kind !== 'ids') || setting.of === 'model' || setting.of === 'world') {
    return asTyped(ids.join(', '));
  }
  const { of } = setting;
  const shown = ids
    .slice(0, SHOWN)
    .map((id) => ((known?.(of, id) ?? true) ? asTyped(mention(of, id)) : say('{{id}} (deleted)', { id })));
  const more = ids.length - shown.length;
  return more > 0
    ? say('{{list}} and {{more}} more', { list: joined(shown, ', '), more })
    : joined(shown, ', ');
}

function numberWords(name: RoomSettingName, value: number): string {
  if (isTime(name)) return timeWords(value);
  const word = Object.entries(NUMBER_WORDS[name] ?? {}).find(([, one]) => (one === 0) === (value === 0))?.[0];
  return word === undefined ? String(value) : `${value} (${word})`;
}

/** Of 90 seconds nobody says 1.5 min; of 30 minutes nobody says 1800 s. */
function timeWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms >= 7_200_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms >= 120_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}

/** As Discord shows it by name, and rings nobody where it says whom to ring. */
function mention(of: Exclude<keyof typeof NAMED, 'world'>, id: string): string {
  return { role: `<@&${id}>`, channel: `<#${id}>`, person: `<@${id}>` }[of];
}
