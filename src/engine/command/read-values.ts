import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import type { CommandValues, Upload } from './command.ts';

/** A text option without the space around it; undefined where it was left out, or is nothing but space. */
export function textOf(values: CommandValues, name: string): string | undefined {
  const value = values[name];
  return value === undefined ? undefined : String(value).trim() || undefined;
}

/**
 * The same for one that must be there.
 * @throws PlayerError where there are no words in it
 */
export function wordsOf(values: CommandValues, name: string): string {
  const text = textOf(values, name);
  if (text === undefined) throw new PlayerError(say('{{name}} is empty: write something there.', { name }));
  return text;
}

/** A number option as a whole number; undefined where it was left out. */
export function wholeOf(values: CommandValues, name: string): number | undefined {
  const value = values[name];
  return value === undefined ? undefined : Math.round(Number(value));
}

/**
 * A file that was handed over.
 * @throws PlayerError where there is none
 */
export function fileOf(values: CommandValues, name: string): Upload {
  const value = values[name];
  if (typeof value === 'object') return value;
  throw new PlayerError(say('{{name}} is empty: choose a file there.', { name }));
}
