/**
 * The pieces of a turn, and the line between hidden and visible (the one law).
 *
 * HER's fourth kind, system thinking, has no segment type on purpose: it is a field of the parsed
 * draft and nothing that is stored or shown can hold it.
 */

/** What others can see or hear. The only text a stage may be handed. */
export type VisibleSegment = {
  readonly kind: 'action' | 'speech';
  readonly text: string;
  /** Of an action: the name of what a game shows for it. */
  readonly cue?: string | undefined;
};

/** HER's role thinking: the character's own mind, first person. */
export type ThoughtSegment = {
  readonly kind: 'thought';
  readonly text: string;
};

/** One stretch of a turn, in the order in which it was written. */
export type Segment = VisibleSegment | ThoughtSegment;

/**
 * The part of a turn that everyone present perceives.
 * An allow-list: a kind that is not named here is left out.
 */
export function visibleSegments(segments: readonly Segment[]): VisibleSegment[] {
  const visible: VisibleSegment[] = [];
  for (const segment of segments) {
    if (segment.kind === 'action' || segment.kind === 'speech') {
      const { kind, text, cue } = segment;
      visible.push(cue === undefined ? { kind, text } : { kind, text, cue });
    }
  }
  return visible;
}
