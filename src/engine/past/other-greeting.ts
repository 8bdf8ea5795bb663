import { PlayerError } from '../../errors.ts';
import { renderHer } from '../../format/render-her.ts';
import type { Segment } from '../../format/segments.ts';
import { type BeatOf, cardIdOf } from '../../scene/beat.ts';
import type { Turn } from '../../scene/talk.ts';
import { cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import { greetingsOf, saidAs } from '../greetings.ts';
import type { LiveScene } from '../live-scene.ts';
import { readBeat } from './read-beat.ts';

/**
 * The next of the card's greetings that no version of the line reads as; undefined where all were used, and
 * a model can greet in its own words.
 * @throws PlayerError where none is left and no model plays
 */
export async function otherGreeting(
  room: EngineRoom,
  live: LiveScene,
  { speaker, versions }: Turn,
  first: BeatOf<'line'>,
): Promise<Segment[] | undefined> {
  const { record } = live;
  const character = cardOf(room.libraryOf(record), speaker.id);
  const others = [...versions.keys()].filter((n) => n !== first.n);
  const swipes = await Promise.all(others.map((n) => readBeat(room.options.store, record.log, n)));
  const used = new Set(
    [first, ...swipes].map((beat) => (beat?.kind === 'line' ? renderHer(beat.segments) : '')),
  );
  for (const greeting of character ? greetingsOf(live, character) : []) {
    const segments = character && (await saidAs(room, live, character, greeting, first.at));
    if (segments && !used.has(renderHer(segments))) return segments;
  }
  if (room.modelsFor(record, cardIdOf(speaker.id)).actor) return undefined;
  throw new PlayerError('The card has no other greeting.');
}
