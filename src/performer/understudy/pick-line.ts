import MiniSearch from 'minisearch';
import type { Character } from '../../cast/character.ts';
import { namesOf } from '../../cast/name-parts.ts';
import type { Segment } from '../../format/segments.ts';
import { parseTurn } from '../../format/turn-parser.ts';
import { pick } from '../../scene/chance.ts';
import type { View } from '../../scene/view.ts';
import { contentWord } from './content-words.ts';

/** Below this BM25 score a line does not answer what a player said. */
const FITS = 2;
/** Among themselves less is forgiven: nobody asked, so a look is better than a line from elsewhere. */
const SHARED_WORDS = 3;
/** So many of its own last lines are not said again. */
const REMEMBERED = 24;

export type Picked = {
  /** HER format. */
  readonly text: string;
  readonly from: 'example' | 'decline' | 'gesture';
};

/**
 * The line of a card that answers best what was said last (BM25 over what was said and the line
 * itself), never one of its own last ones. What nothing fits is met with a look or a gesture of
 * the character's own.
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
    processTerm: contentWord,
    searchOptions: { boost: { cue: 2 }, prefix: (term) => term.length > 3 },
  });
  fresh.forEach((example, id) => {
    const cue = character.exampleCues?.[character.examples.indexOf(example)] ?? '';
    search.add({ id, cue, line: example.replace(/<[^>]*>/g, ' ') });
  });
  const [best] = search.search(withoutNames(said, character).slice(0, 500));
  const fits = best && best.score >= FITS && (byPlayer || best.queryTerms.length >= SHARED_WORDS);
  const line = fits ? fresh[Number(best.id)] : undefined;
  if (line !== undefined) return { text: line, from: 'example' };
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

/** Being called is no subject: the name of who is to answer says nothing about what was asked. */
function withoutNames(said: string, character: Character): string {
  const names = new Set(namesOf(character).flatMap((name) => name.toLowerCase().split(/[\s.]+/)));
  return said
    .split(/[^\p{L}\p{N}'’]+/u)
    .filter((word) => !names.has(word.toLowerCase()))
    .join(' ');
}

function aloud(segments: readonly Segment[]): string {
  return segments
    .filter((segment) => segment.kind !== 'thought')
    .map((segment) => segment.text)
    .join(' ')
    .trim();
}
