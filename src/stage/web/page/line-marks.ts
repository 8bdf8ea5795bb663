import type { WireBeat, WireMark } from '../wire-shapes.ts';
import { el } from './dom.ts';
import { markWords } from './mark-words.ts';

/** Remarks of continuity, at the lines that they are about. */
export type LineMarks = {
  add(n: number, marks: readonly WireMark[]): void;
  /** What stands at a line; undefined where nothing does. */
  elementFor(beat: WireBeat): HTMLElement | undefined;
  clear(): void;
};

export function createLineMarks(): LineMarks {
  const all = new Map<number, WireMark[]>();
  return {
    add(n, marks) {
      all.set(n, [...(all.get(n) ?? []), ...marks]);
    },
    elementFor({ n, segments }) {
      const said = segments.map(({ text }) => text).join(' ');
      // Another version of the line does not hold those words.
      const found = (all.get(n) ?? []).filter(({ quote }) => said.includes(quote));
      const told = new Map(found.map((mark) => [`${mark.kind} ${mark.quote}`, mark]));
      if (told.size === 0) return undefined;
      return el(
        'p',
        { class: 'line-marks' },
        el('span', { 'aria-hidden': 'true' }, '⚑ '),
        ...[...told.values()].flatMap(({ kind, quote, by }, i) => [
          i > 0 ? ' · ' : '',
          el('span', { title: `“${quote}” (${by})` }, markWords[kind]),
        ]),
      );
    },
    clear: () => all.clear(),
  };
}
