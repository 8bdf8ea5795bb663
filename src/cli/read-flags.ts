import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { BadUse } from './bad-use.ts';

/**
 * Flags of a command that takes no other words.
 * @throws BadUse in one line, for an unknown flag, a missing value or a stray word.
 */
export function readFlags<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw badFlags(error);
  }
}

/**
 * Flags of a command that takes other words as well.
 * @throws BadUse as `readFlags`, but for stray words
 */
export function readFlagsAndWords<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw badFlags(error);
  }
}

/** What `parseArgs` threw, as one line for the person who typed. */
export function badFlags(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const flag = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous/u.exec(error.message)?.[1];
  if (flag) {
    return new BadUse(`${flag} needs a value; one that begins with a dash is written ${flag}=-…`, error);
  }
  const [what] = error.message.split(/\.\s|\n/u);
  return new BadUse(`${what}; --help tells what there is.`, error);
}

/**
 * The whole number given with a flag, or undefined where it was not given.
 * @throws BadUse where it is none, or out of bounds.
 */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new BadUse(`${flag} takes a whole number from ${least} to ${most}, not “${text.slice(0, 40)}”`);
}
