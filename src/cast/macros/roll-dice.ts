const DICE = /^\s*(\d{0,3})\s*d\s*(\d{1,6})\s*(?:([+-])\s*(\d{1,6}))?\s*$/i;

/**
 * The sum of dice as `2d6+1`, `d20` or `20` (one die of so many sides) write it; undefined where it is
 * written otherwise, or where there would be none, or more than 100.
 * @param draw a number in [0, 1) for each die
 */
export function rollDice(written: string, draw: (die: number) => number): string | undefined {
  const found = DICE.exec(/^\s*\d+\s*$/.test(written) ? `1d${written.trim()}` : written);
  if (!found) return undefined;
  const [, count = '', sides = '', sign = '+', more = '0'] = found;
  const dice = count === '' ? 1 : Number(count);
  if (dice < 1 || dice > 100 || Number(sides) < 1) return undefined;
  let sum = sign === '-' ? -Number(more) : Number(more);
  for (let die = 1; die <= dice; die += 1) sum += 1 + Math.floor(draw(die) * Number(sides));
  return String(sum);
}
