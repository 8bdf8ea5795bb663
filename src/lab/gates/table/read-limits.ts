import type { Limits } from './gate.ts';
import { GATES } from './gates.ts';

/**
 * Reads limits as they are written, `NAME=NUMBER`, `NAME=5%` or `NAME=off`; of two for one gate the last counts.
 * @returns one line that says what is wrong, where something is
 */
export function readLimits(words: readonly string[]): Limits | string {
  const limits = new Map<string, number | 'off'>();
  for (const word of words) {
    const at = word.indexOf('=');
    const [name, value] = [word.slice(0, Math.max(0, at)).trim(), word.slice(at + 1).trim()];
    if (at < 1) return `--gate takes NAME=NUMBER or NAME=off, not “${word.slice(0, 60)}”.`;
    if (!GATES.some((gate) => gate.name === name)) {
      return `there is no gate “${name.slice(0, 60)}”: say ${GATES.map((gate) => gate.name).join(', ')}.`;
    }
    const limit = value === 'off' ? 'off' : numberIn(value);
    if (limit === undefined) return `--gate ${name} takes a number or off, not “${value.slice(0, 40)}”.`;
    limits.set(name, limit);
  }
  return limits;
}

function numberIn(value: string): number | undefined {
  const { digits, sign } = /^(?<digits>-?\d+(?:\.\d+)?)\s*(?<sign>%?)$/u.exec(value)?.groups ?? {};
  if (digits === undefined) return undefined;
  return sign === '%' ? Number(digits) / 100 : Number(digits);
}
