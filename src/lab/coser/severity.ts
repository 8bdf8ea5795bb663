import { isFraction, withoutFraction } from './python-json.ts';

/** How flaws are counted: as CoSER’s evaluator does, as HER’s does, or with the faults of both mended. */
export const PROTOCOLS = ['coser', 'her', 'fixed'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** One flaw as a judge listed it; its severity is whatever the judge wrote, a fraction as `Fraction`. */
export type Flaw = { readonly severity?: unknown };

/** What a flaw weighs where its severity is left out. */
const UNSAID = 1;

/**
 * The weight of one flaw (her-spec 5.2).
 *
 * `coser`: whole numbers as they are, also 0, negative or above 5; `true` is 1, `false` 0 (Python’s are
 * integers); null or missing is 1; strings and fractions, `2.0` among them, count nothing. `her`: any
 * number, `true` and `false` as well; all else nothing. `fixed`: numbers and strings of numbers, held to
 * 1…`most`; unsaid is 1.
 *
 * @param most the highest severity of that flaw’s scale
 */
export function weightOfFlaw({ severity }: Flaw, protocol: Protocol, most = 5): number {
  const value = withoutFraction(severity);
  if (protocol === 'fixed') return fixedWeight(value, most);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (protocol === 'her') return typeof value === 'number' ? value : 0;
  if (value === null || value === undefined) return UNSAID;
  return Number.isInteger(value) && !isFraction(severity) ? Number(value) : 0;
}

function fixedWeight(severity: unknown, most: number): number {
  const number = typeof severity === 'string' && severity.trim() !== '' ? Number(severity) : severity;
  if (typeof number !== 'number' || Number.isNaN(number)) return UNSAID;
  return Math.min(most, Math.max(1, number));
}
