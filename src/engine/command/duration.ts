import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|mins?|minutes?)$/, 1],
  [/^(?:h|hrs?|hours?)$/, 60],
  [/^(?:d|days?)$/, 24 * 60],
  [/^(?:nights?)$/, 24 * 60],
  [/^(?:w|wks?|weeks?)$/, 7 * 24 * 60],
  [/^(?:fortnights?)$/, 14 * 24 * 60],
  [/^(?:mo|months?)$/, 30 * 24 * 60],
  [/^(?:y|yrs?|years?)$/, 365 * 24 * 60],
];

const WORDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'one two three four five six seven eight nine ten eleven twelve'
      .split(' ')
      .map((word, i) => [word, i + 1]),
  ),
  a: 1,
  an: 1,
  half: 0.5,
  'half a': 0.5,
  'half an': 0.5,
};

/** Of the story's time, in minutes: a hundred years. */
const LONGEST = 100 * 365 * 24 * 60;

// A number or a word for one, then a unit (after "1h" the minutes may stand alone), then perhaps "and a half".
const PART =
  /^(?:and\s+)?(?:(\d+(?:\.\d+)?)\s*|(half an?|[a-z]+)\s+)([a-z]+)(?:\s+and\s+a\s+(half)(?![a-z]))?(?:[\s,]+|(?=\d)|$)/;
const MINUTES_ALONE = /^(\d{1,2})$/;

/**
 * How much of the story's time goes by, in whole minutes: `2 hours`, `30 min`, `1h30`, `a week`,
 * `three days and 4 hours`, `an hour and a half`. A bare number is minutes.
 * @throws PlayerError that shows how it is written
 */
export function readDuration(typed: string): number {
  const minutes = minutesIn(typed.toLowerCase().trim());
  if (minutes === undefined) {
    throw new PlayerError(
      say('“{{typed}}” is no stretch of time. Write it as 2 hours, 30 min, 1h30, 3 days or a week.', {
        typed: typed.trim().slice(0, 40),
      }),
    );
  }
  if (minutes < 1) throw new PlayerError('At least a minute must go by.');
  if (minutes > LONGEST) throw new PlayerError('At most a hundred years can go by at once.');
  return minutes;
}

function minutesIn(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let rest = text;
  let sum = 0;
  let last = 0;
  while (rest !== '') {
    const alone = last === 60 && MINUTES_ALONE.exec(rest);
    if (alone) return Math.round(sum + Number(alone[1]));
    const [whole, digits, word = '', unit = '', half] = PART.exec(rest) ?? [];
    const size = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
    const count =
      digits === undefined ? (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined) : Number(digits);
    if (whole === undefined || size === undefined || count === undefined) return undefined;
    sum += (count + (half ? 0.5 : 0)) * size;
    last = size;
    rest = rest.slice(whole.length);
  }
  return last === 0 ? undefined : Math.round(sum);
}
