import { defuseTags } from './defuse-tags.ts';
import { joinNeighbours } from './join-neighbours.ts';
import type { Segment } from './segments.ts';

/**
 * Writes segments as HER text with canonical tags, without a plan, without blanks between elements.
 * Hand it `visibleSegments(…)` for everyone but the speaker.
 *
 * @param options.name puts `Name: ` before the first element
 */
export function renderHer(segments: readonly Segment[], options: { readonly name?: string } = {}): string {
  let text = options.name === undefined ? '' : `${options.name}: `;
  for (const segment of joinNeighbours(segments))
    text += renderElement(segment.kind, defuseTags(segment.text));
  return text;
}

function renderElement(kind: Segment['kind'], text: string): string {
  switch (kind) {
    case 'thought':
      return `<role_thinking>${text}</role_thinking>`;
    case 'action':
      return `<role_action>${text}</role_action>`;
    case 'speech':
      return text;
  }
}
