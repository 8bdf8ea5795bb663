import MiniSearch from 'minisearch';
import type { Character } from '../../cast/character.ts';
import type { Segment } from '../../format/segments.ts';
import { parseTurn } from '../../format/turn-parser.ts';
import { pick } from '../../scene/chance.ts';
import type { View } from '../../scene/view.ts';

/** Below this BM25 score a line does not answer what was said. */
const FITS = 2;
/** So many of its own last lines are not said again. */
const REMEMBERED = 24;

export type Picked = {
  /** HER format. */
  readonly text: string;
  readonly from: 'example' | 'decline' | 'gesture';
};

/**
 * The line of a card that answers best what was said last (BM25 over what was said and the line
 * itself), never one of its own last ones. A player's question that nothing fits is declined in
 * character; among themselves the cast always finds something.
 *
 * @param said what the line answers; '' at the start of a scene
 * @param byPlayer whether a player said it
 * @param place numbers that chance is drawn from
 */
export function pickLine(
  character: Character,
  view: View,
  said: string,
  byPlayer: boolean,
  seed: number,
  place: number,
): Picked {
  const recent = new Set(
    view.entries
      .slice(-120)
      .filter((entry) => entry.own)
      .slice(-REMEMBERED)
      .map((entry) => aloud(entry.segments)),
  );
  const fresh = character.examples.filter((example) => !recent.has(aloud(parseTurn(example).segments)));
  const search = new MiniSearch<{ id: number; cue: string; line: string }>({
    fields: ['cue', 'line'],
    searchOptions: { boost: { cue: 2 }, prefix: (term) => term.length > 3 },
  });
  fresh.forEach((example, id) => {
    const cue = character.exampleCues?.[character.examples.indexOf(example)] ?? '';
    search.add({ id, cue, line: example.replace(/<[^>]*>/g, ' ') });
  });
  const [best] = search.search(said.slice(0, 500));
  const line = best && best.score >= FITS ? fresh[Number(best.id)] : undefined;
  if (line !== undefined) return { text: line, from: 'example' };
  if (!byPlayer) {
    const any = pick(fresh, seed, place, 3);
    if (any !== undefined) return { text: any, from: 'example' };
  }
  const declines = character.declines.filter((decline) => !recent.has(aloud(parseTurn(decline).segments)));
  const decline = pick(declines.length > 0 ? declines : character.declines, seed, place, 4);
  return decline === undefined
    ? { text: pick(GESTURES, seed, place, 5) ?? GESTURES[0], from: 'gesture' }
    : { text: decline, from: 'decline' };
}

/** For cards that bring no line of their own for it. */
const GESTURES = [
  '<role_action>lets the question hang, and looks away first</role_action>',
  '<role_action>considers this, and says nothing</role_action>',
  '<role_action>half opens a hand, as if to say: who knows</role_action>',
  '<role_action>meets the look, and holds it, and does not answer</role_action>',
] as const;

function aloud(segments: readonly Segment[]): string {
  return segments
    .filter((segment) => segment.kind !== 'thought')
    .map((segment) => segment.text)
    .join(' ')
    .trim();
}
