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
    if (!(error instanceof TypeError)) throw error;
    const [what] = error.message.split(/\.\s|\n/u);
    throw new BadUse(`${what}; --help tells what there is.`, error);
  }
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
