// Signs that mean something to the parser, and line breaks.
const SIGN = /[\n"#&()*:;<>[\\\]_`{|}~【】「」（）＜＞［］]/g;
const SHORT = 4096;
// One character in so many. Turns with a tag for every few words stay far below.
const DENSEST = 5;

/**
 * Whether a long draft is a model gone astray: brackets, marks and line breaks with little between
 * them. Nothing can be made of it, and the time it takes to find that out is kept short.
 */
export function isNoise(draft: string): boolean {
  if (draft.length <= SHORT) return false;
  let signs = 0;
  SIGN.lastIndex = 0;
  while (SIGN.test(draft)) signs++;
  return signs * DENSEST >= draft.length;
}
