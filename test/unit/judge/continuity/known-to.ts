import { termsOf } from '../../../../src/cast/memory/terms.ts';
import type { Segment } from '../../../../src/format/segments.ts';
import { visibleSegments } from '../../../../src/format/segments.ts';
import type { Knowledge, ReviewedLine } from '../../../../src/judge/continuity/reviewed-line.ts';

/** Who knows every word of some texts, and missed some others. */
export function knowledgeOf(known: readonly string[], missed: readonly string[]): Knowledge {
  const terms = new Set(known.flatMap(termsOf));
  return {
    knows: (term) => terms.has(term),
    missed: (term) => missed.filter((text) => termsOf(text).includes(term)),
  };
}

export function visibleText(segments: readonly Segment[]): string {
  return visibleSegments(segments)
    .map(({ text }) => text)
    .join(' ');
}

/** A line of a scene with nobody else in it, before which nothing happened. */
export function bareLine(segments: readonly Segment[], change: Partial<ReviewedLine> = {}): ReviewedLine {
  return {
    segments,
    speaker: ['Mira'],
    others: [['Bertram'], ['Mara Voss', 'Mara', 'Voss']],
    sheet: 'Mira keeps the inn at the ford.',
    own: [],
    heard: [],
    knowledge: knowledgeOf([], []),
    ...change,
  };
}

export const said = (text: string): Segment[] => [{ kind: 'speech', text }];
export const done = (text: string): Segment[] => [{ kind: 'action', text }];
