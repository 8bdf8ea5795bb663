const FRACTION = Symbol('fraction');

/**
 * A number that was written as a fraction. Python tells `2.0`, which is none of its integers, from `2`, and
 * CoSER’s evaluator counts the one and not the other; JavaScript has one kind of number for both.
 */
export type Fraction = { readonly [FRACTION]: number };

export function isFraction(value: unknown): value is Fraction {
  return typeof value === 'object' && value !== null && FRACTION in value;
}

/** The number, however it was written; anything else as it is. */
export function withoutFraction(value: unknown): unknown {
  return isFraction(value) ? value[FRACTION] : value;
}

/**
 * Reads JSON as Python’s `json` does: fractions stay apart from whole numbers, and `NaN`, `Infinity` and
 * `-Infinity` are numbers.
 *
 * @throws SyntaxError
 */
export function parsePythonJson(text: string): unknown {
  return JSON.parse(withPlainNumbers(text), withFractions as Parameters<typeof JSON.parse>[1]);
}

/** @param context of the reviver, which TypeScript’s types do not know yet (ES2026) */
function withFractions(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isWritten = typeof value === 'number' && /[.eE]/u.test(context?.source ?? '');
  return isWritten ? { [FRACTION]: value } : value;
}

// Strings are matched too, so that nothing within them is.
const ODD_NUMBER = /"(?:[^"\\]|\\.)*"?|(-?)(?:NaN|Infinity)/gsu;

function withPlainNumbers(text: string): string {
  if (!/NaN|Infinity/u.test(text)) return text;
  // What is not a number comes to the same as what has no end: no score is left.
  return text.replace(ODD_NUMBER, (whole, sign?: string) => (sign === undefined ? whole : `${sign}1e999`));
}
