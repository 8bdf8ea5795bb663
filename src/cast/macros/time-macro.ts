import type { MacroNames } from './macro-names.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * What a macro of time stands for: the scene's own clock where it is set, which knows the hour and the day of
 * the story but no calendar; else the real time that was given. Undefined for a name that is none of them.
 */
export function timeMacro(
  name: string,
  { clock, now }: Pick<MacroNames, 'clock' | 'now'>,
): string | undefined {
  const moment = clock === undefined ? now && ofDate(now) : ofClock(clock);
  switch (name) {
    case 'time':
      return moment?.time ?? '';
    case 'isotime':
      return moment?.isotime ?? '';
    case 'date':
      return moment?.date ?? '';
    case 'isodate':
      return moment?.isodate ?? '';
    case 'weekday':
      return moment?.weekday ?? '';
  }
  return undefined;
}

function ofClock(clock: number) {
  const day = Math.floor(clock / 1440) + 1;
  const hours = Math.floor(clock / 60) % 24;
  return { ...timeOf(hours, Math.floor(clock) % 60), date: `day ${day}`, isodate: '', weekday: '' };
}

function ofDate(now: Date) {
  const month = MONTHS[now.getMonth()] ?? '';
  return {
    ...timeOf(now.getHours(), now.getMinutes()),
    date: `${month} ${now.getDate()}, ${now.getFullYear()}`,
    isodate: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    weekday: WEEKDAYS[now.getDay()] ?? '',
  };
}

function timeOf(hours: number, minutes: number) {
  const time = `${hours % 12 || 12}:${two(minutes)} ${hours < 12 ? 'AM' : 'PM'}`;
  return { time, isotime: `${two(hours)}:${two(minutes)}` };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
