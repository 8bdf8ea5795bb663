/**
 * What a text may look like, said once for all notations. Shapes do not refer to themselves: each is
 * a regular language.
 */
export type Shape =
  | { readonly is: 'text'; readonly text: string }
  /** One character of these ranges, as a character class has them between its brackets. */
  | { readonly is: 'set'; readonly ranges: string }
  | { readonly is: 'row'; readonly parts: readonly Shape[] }
  | { readonly is: 'either'; readonly ways: readonly Shape[] }
  | { readonly is: 'times'; readonly what: Shape; readonly least: number; readonly most: number }
  /** A rule of its own where the notation has rules; `name` in lower case and dashes. */
  | { readonly is: 'rule'; readonly name: string; readonly what: Shape };

export const text = (words: string): Shape => ({ is: 'text', text: words });
export const set = (ranges: string): Shape => ({ is: 'set', ranges });
export const row = (...parts: readonly Shape[]): Shape => ({ is: 'row', parts });
export const either = (...ways: readonly Shape[]): Shape => ({ is: 'either', ways });
export const times = (what: Shape, least: number, most: number): Shape => ({
  is: 'times',
  what,
  least,
  most,
});
export const maybe = (what: Shape): Shape => times(what, 0, 1);
export const rule = (name: string, what: Shape): Shape => ({ is: 'rule', name, what });
