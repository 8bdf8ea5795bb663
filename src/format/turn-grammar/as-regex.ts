import type { Shape } from './shape.ts';

/**
 * A shape as a regular expression without anchors, in what all engines share: groups, classes, bounds.
 * (Outlines, XGrammar and llguidance know no look-ahead, and not all of them `(?:…)` or `\p{…}`.)
 */
export function asRegex(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return shape.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    case 'set':
      return `[${shape.ranges}]`;
    case 'row':
      return shape.parts.map(asRegex).join('');
    case 'either':
      return `(${shape.ways.map(asRegex).join('|')})`;
    case 'times':
      return `(${asRegex(shape.what)})${bounds(shape.least, shape.most)}`;
    case 'rule':
      return asRegex(shape.what);
  }
}

function bounds(least: number, most: number): string {
  return least === 0 && most === 1 ? '?' : `{${least},${most}}`;
}
