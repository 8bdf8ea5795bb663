import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const LAST_DAY = 36_500;

const CLOCK =
  /^(?:day\s+(\d{1,5})\s*,?\s*(?:at\s+)?)?(?:(\d{1,2})(?:[:.h](\d{2}))?\s*([ap]\.?m\.?)?|(noon|midnight))$/;

/**
 * An hour of the story, in minutes since midnight of its first day: `21:30`, `9 pm`, `noon`, or with
 * the day, `day 2 07:00`. Without a day it is that of `now`, where the story's clock stands.
 * @param now minutes since midnight of the first day
 * @throws PlayerError that shows how it is written
 */
export function readClock(typed: string, now = 0): number {
  const [, day, hour, minute, half, named] = CLOCK.exec(typed.trim().toLowerCase()) ?? [];
  const ofDay = named === undefined ? ofHour(hour, minute, half) : named === 'noon' ? 12 * HOUR : 0;
  const days = day === undefined ? Math.floor(now / DAY) : Number(day) - 1;
  if (ofDay === undefined || days < 0 || days >= LAST_DAY) {
    throw new PlayerError(
      say('“{{typed}}” is no hour of the story. Write it as 21:30, 9 pm, noon or day 2 07:00.', {
        typed: typed.trim().slice(0, 40),
      }),
    );
  }
  return days * DAY + ofDay;
}

/** Undefined where there is no such hour. A bare number is one only with am or pm, or with minutes. */
function ofHour(hour: string | undefined, minute: string | undefined, half: string | undefined) {
  if (hour === undefined || (minute === undefined && half === undefined)) return undefined;
  const minutes = Number(minute ?? 0);
  const hours = Number(hour);
  if (minutes > 59) return undefined;
  if (half === undefined) return hours > 23 ? undefined : hours * HOUR + minutes;
  if (hours < 1 || hours > 12) return undefined;
  return ((hours % 12) + (half.startsWith('p') ? 12 : 0)) * HOUR + minutes;
}
