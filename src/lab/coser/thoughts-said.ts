import { visibleSegments } from '../../format/segments.ts';
import type { Conversation } from './transcript.ts';

/** Shorter thoughts may well be said by anyone, of themselves. */
const MOST_COMMON = 6;

/**
 * How many thoughts of more than six words stand word for word in what others could see or hear: in their own
 * turn, or in a later one of somebody else. (Later on, a character may well say what it thought.)
 */
export function thoughtsSaid({ turns }: Conversation): number {
  const open = turns.map(({ segments }) =>
    plain(
      visibleSegments(segments)
        .map(({ text }) => text)
        .join(' '),
    ),
  );
  return turns
    .flatMap(({ name, segments }, index) =>
      segments
        .filter(({ kind }) => kind === 'thought')
        .map(({ text }) => ({ name, index, thought: plain(text) })),
    )
    .filter(({ thought }) => thought.split(' ').length > MOST_COMMON)
    .filter(({ name, index, thought }) =>
      open.some(
        (said, at) => (at === index || (at > index && turns[at]?.name !== name)) && said.includes(thought),
      ),
    ).length;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
