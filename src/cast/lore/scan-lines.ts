import type { Heard } from './activation.ts';
import { evenOut, foldText } from './key.ts';

/** A text, ready to be looked through. */
export type ScanText = {
  readonly text: string;
  /** For keys in whatever case. */
  readonly loose: string;
  /** For keys as they are written. */
  readonly exact: string;
};

/** What was heard, by how many lines ago, 0 the last one; each is prepared once, and only if it is asked for. */
export type ScanLines = {
  readonly count: number;
  at(ago: number): ScanText & { readonly n: number };
};

export function createLines(heard: readonly Heard[]): ScanLines {
  const ready: (ScanText & { readonly n: number })[] = [];
  return {
    count: heard.length,
    at(ago) {
      const known = ready[ago];
      if (known) return known;
      const { n, text } = heard[heard.length - 1 - ago] ?? { n: 0, text: '' };
      const line = { n, ...scanText(text) };
      ready[ago] = line;
      return line;
    },
  };
}

export function scanText(text: string): ScanText {
  return { text, loose: foldText(text), exact: evenOut(text) };
}
