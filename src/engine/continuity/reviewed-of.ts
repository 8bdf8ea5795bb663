import { termsOf } from '../../cast/memory/terms.ts';
import { type Segment, visibleSegments } from '../../format/segments.ts';
import type { Knowledge, ReviewedLine } from '../../judge/continuity/reviewed-line.ts';
import { sayingsOf } from '../../judge/continuity/sayings.ts';
import { type ActorId, cardIdOf, ENVIRONMENT } from '../../scene/beat.ts';
import { countBefore } from '../../scene/count-before.ts';
import type { ViewEntry } from '../../scene/view.ts';
import { addresseeOf, cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { everyoneIn } from '../reserved-names.ts';
import { scriptOf } from '../script-of.ts';
import { termsOfBook, termsOfCard } from './known-terms.ts';

/** Of what the speaker perceived before its line, so much is looked at. Entries. */
const LOOKED_BACK = 300;
const OWN_LINES = 20;
const HEARD_LINES = 60;

/**
 * A character's line with all that rules hold it against: what its speaker perceived before it, as it stands
 * now. Undefined where it is no character's, or gone.
 * @param given what else it was told, by hand or of earlier evenings
 * @param eyes whose: what is hidden from them the line is not held against; left out, nothing is hidden
 */
export function reviewedOf(
  room: EngineRoom,
  live: LiveScene,
  id: ActorId,
  n: number,
  given: readonly string[],
  eyes?: ActorId,
): ReviewedLine | undefined {
  const library = room.libraryOf(live.record);
  const character = cardOf(library, id);
  const view = live.minds.people.get(id);
  const line = view?.at(n);
  if (!character || !view || !line?.own) return undefined;
  const end = countBefore(view.entries, n);
  const before = view.entries.slice(Math.max(0, end - LOOKED_BACK), end);
  const { description, personality, background, motivation, manner, relations, name } = character;
  return {
    segments: line.segments,
    speaker: [name, ...addresseeOf(library, line.speaker ?? { id, name }).names],
    others: othersAt(live, id, before).map((other) => addresseeOf(library, other).names),
    sheet: [description, personality, background, motivation, manner, relations].join('\n'),
    own: before
      .filter(({ own }) => own)
      .slice(-OWN_LINES)
      .map(openText),
    heard: before.slice(-HEARD_LINES).map(openText),
    knowledge: knowledgeOf(room, live, id, n, given, eyes),
  };
}

/** The same line held only against what happened in the open. */
export function inTheOpen(line: ReviewedLine): ReviewedLine {
  const knowledge = { knows: () => true, missed: () => [] };
  return { ...line, segments: visibleSegments(line.segments), knowledge };
}

function knowledgeOf(
  room: EngineRoom,
  live: LiveScene,
  id: ActorId,
  n: number,
  given: readonly string[],
  eyes: ActorId | undefined,
): Knowledge {
  const { record, state } = live;
  const library = room.libraryOf(record);
  const character = cardOf(library, id);
  const script = scriptOf(library, record);
  const people = [...state.people.values()];
  const open = [
    record.title,
    state.opening.setting,
    ...state.settings.values(),
    ...record.rooms.map((one) => one.name),
    // Names and what anyone may know of their bearers.
    ...people.flatMap(({ actor, persona }) => [
      ...addresseeOf(library, actor).names,
      persona.sheet ?? '',
      cardOf(library, actor.id)?.publicSheet ?? '',
    ]),
    ...(state.plants.get(id) ?? []).map(({ text }) => text),
    live.prompts.get(id)?.earlier ?? '',
    script?.secrets[character?.id ?? ''] ?? '',
    ...given,
  ];
  const worlds = room
    .rulesFor(record, cardIdOf(id))
    .worlds.flatMap((world) => library.world(world)?.book ?? []);
  const sets = [
    new Set(open.flatMap(termsOf)),
    ...(character ? termsOfCard(character) : []),
    ...worlds.map(termsOfBook),
  ];
  const sayings = sayingsOf(live.minds);
  return {
    knows: (term) => sets.some((set) => set.has(term)) || sayings.knows(id, term, n),
    missed: (term) => sayings.missed(id, term, n, eyes),
  };
}

/** Who was there, as far as the speaker perceived it: who came, spoke or was found there, and did not leave. */
function othersAt(live: LiveScene, id: ActorId, before: readonly ViewEntry[]): ReturnType<typeof everyoneIn> {
  const present = new Map<ActorId, boolean>();
  for (const other of live.state.people.get(id)?.met ?? []) present.set(other, true);
  for (const { kind, speaker } of before) if (speaker) present.set(speaker.id, kind !== 'exit');
  return everyoneIn(live).filter(
    (actor) => actor.id !== id && actor.id !== ENVIRONMENT.id && present.get(actor.id),
  );
}

function openText({ segments }: { readonly segments: readonly Segment[] }): string {
  return visibleSegments(segments)
    .map(({ text }) => text)
    .join('\n');
}
