import type { Segment } from '../../../src/format/segments.ts';
import type { Actor, Beat } from '../../../src/scene/beat.ts';

export const ada: Actor = { id: 'character:ada', name: 'Ada' };
export const bo: Actor = { id: 'character:bo', name: 'Bo' };
export const cy: Actor = { id: 'character:cy', name: 'Cy' };
export const pia: Actor = { id: 'player:pia', name: 'Pia' };
export const everyone = [ada, bo, cy, pia];

type Draft = Beat extends infer B
  ? B extends Beat
    ? Omit<B, 'n' | 'at' | 'origin' | 'witnesses'> & { witnesses?: string[] }
    : never
  : never;

/** A log of these beats, numbered from 1; all four people witness a beat that says nothing else. */
export function writtenLog(...drafts: Draft[]): Beat[] {
  const witnesses = everyone.map(({ id }) => id);
  return drafts.map((draft, at) => ({ witnesses, ...draft, n: at + 1, at, origin: 'local' }));
}

export function enters(actor: Actor, more: Partial<Extract<Draft, { kind: 'entrance' }>> = {}): Draft {
  return { kind: 'entrance', actor, ...more };
}

/** `(…)` a thought, `*…*` an action, the rest is said. */
export function says(
  speaker: Actor,
  text: string,
  more: Partial<Extract<Draft, { kind: 'line' }>> = {},
): Draft {
  const segments = [...text.matchAll(/\((.+?)\)|\*(.+?)\*|([^(*]+)/g)].flatMap(
    ([, thought, action, speech]): Segment[] => {
      if (thought) return [{ kind: 'thought', text: thought }];
      if (action) return [{ kind: 'action', text: action }];
      return speech?.trim() ? [{ kind: 'speech', text: speech.trim() }] : [];
    },
  );
  return { kind: 'line', speaker, turn: text, segments, ...more };
}

/** Each entry as its beat and words, for comparing. */
export function told(
  entries: readonly { n: number; segments: readonly { text: string }[] }[] = [],
): string[] {
  return entries.map(({ n, segments }) => `${n} ${segments.map(({ text }) => text).join(' | ')}`.trim());
}
