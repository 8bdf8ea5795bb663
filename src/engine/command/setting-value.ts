import { ROOM_SETTINGS, type RoomSettingName } from '../../config/room-settings.ts';
import { PlayerError } from '../../errors.ts';

/** Milliseconds of each unit in which a stretch of time may be typed. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, min: 60_000, m: 60_000 };

/** Numbers that people may type, and read, as words. */
const WORDS: { readonly [Name in RoomSettingName]?: Readonly<Record<string, number>> } = {
  interruptions: { queue: 0, interrupt: ROOM_SETTINGS.interruptions.default },
};

/**
 * A setting's value as typed: `3`; of a time also `2.5 s` or `1 min`; of `interruptions` also
 * `queue` or `interrupt`.
 * @throws PlayerError that names the bounds
 */
export function readSettingValue(name: RoomSettingName, typed: string): number {
  const text = typed.trim().toLowerCase();
  const words = WORDS[name] ?? {};
  const [, digits, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)$/u.exec(text) ?? [];
  const size = unit === '' ? 1 : isTime(name) ? UNITS[unit] : undefined;
  const value = Object.hasOwn(words, text)
    ? words[text]
    : digits !== undefined && size !== undefined
      ? Number((Number(digits) * size).toFixed(3))
      : undefined;
  const { min, max } = ROOM_SETTINGS[name];
  if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) return value;
  const others = [...Object.keys(words), ...(isTime(name) ? ['a time such as 2.5 s'] : [])];
  const or = others.length > 0 ? `, or ${others.join(' or ')}` : '';
  throw new PlayerError(`${name} is a whole number from ${min} to ${max}${or}.`);
}

/** A setting's value for people: `2.5 s`, `0 (queue)`, `3`. */
export function settingWords(name: RoomSettingName, value: number): string {
  if (isTime(name)) return value < 1000 ? `${value} ms` : `${value / 1000} s`;
  if (name === 'interruptions') return `${value} (${value === 0 ? 'queue' : 'interrupt'})`;
  return String(value);
}

function isTime(name: RoomSettingName): boolean {
  return name.endsWith('Ms');
}
