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
/** So many of its own last lines are not said again; they are among the last entries of its view. */
const REMEMBERED = 24;
const LOOKED_BACK = 120;

export type Picked = {
  /** HER format. */
  readonly text: string;
  readonly from: 'example' | 'decline' | 'gesture';
};

/**
 * The line of a card that answers best what was said last, never one of its own last ones: the line
 * whose cue has the same sentence, else the one that shares most with what was said (BM25 over cue
 * and spoken part). What nothing fits is met with a look or a gesture of the character's own.
 *
 * @param said what the line answers; '' at the start of a scene
 * @param byPlayer whether a player said it
 * @param place number that chance is drawn from
 */
export function pickLine(
  character: Character,
  view: View,
  said: string,
  byPlayer: boolean,
  seed: number,
  place: number,
): Picked {
  const recent = recentLines(view);
  const fresh = character.examples
    .map((text, index) => ({
      text,
      cue: character.exampleCues?.[index] ?? '',
      line: aloud(parseTurn(text).segments),
    }))
    .filter((example) => !recent.has(example.line));
  const asked = new Set(sentences(said));
  const same = byPlayer
    ? fresh.find((example) => sentences(example.cue).some((cue) => asked.has(cue)))
    : undefined;
  const answer = same ?? bestMatch(fresh, withoutNames(said, character), byPlayer);
  if (answer) return { text: answer.text, from: 'example' };

  const declines = character.declines.filter((decline) => !recent.has(aloud(parseTurn(decline).segments)));
  const decline = pick(declines.length > 0 ? declines : character.declines, seed, place, 4);
  return decline === undefined
    ? { text: pick(GESTURES, seed, place, 5) ?? GESTURES[0], from: 'gesture' }
    : { text: decline, from: 'decline' };
}

type Example = { readonly text: string; readonly cue: string; readonly line: string };

function bestMatch(examples: readonly Example[], said: string, byPlayer: boolean): Example | undefined {
  const search = new MiniSearch<{ id: number; cue: string; line: string }>({
    fields: ['cue', 'line'],
    processTerm: contentWord,
    searchOptions: { boost: { cue: 4 }, prefix: (term) => term.length > 3 },
  });
  examples.forEach(({ cue, line }, id) => {
    search.add({ id, cue, line });
  });
  const [best] = search.search(said.slice(0, 500));
  const fits = best && best.score >= FITS && (byPlayer || best.queryTerms.length >= SHARED_WORDS);
  return fits ? examples[Number(best.id)] : undefined;
}

/** What the character itself said and did lately. */
function recentLines(view: View): Set<string> {
  const own = view.entries.slice(-LOOKED_BACK).filter((entry) => entry.own);
  return new Set(own.slice(-REMEMBERED).map((entry) => aloud(entry.segments)));
}

/** For cards that bring no line of their own for it. */
const GESTURES = [
  '<role_action>lets the question hang, and looks away first</role_action>',
  '<role_action>considers this, and says nothing</role_action>',
  '<role_action>half opens a hand, as if to say: who knows</role_action>',
  '<role_action>meets the look, and holds it, and does not answer</role_action>',
] as const;

/** What was asked, sentence by sentence, as bare words. */
function sentences(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[.!?…\n]+/)
    .map((sentence) => sentence.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
    .filter(Boolean);
}

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
