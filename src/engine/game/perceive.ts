import { PlayerError } from '../../errors.ts';
import { clip } from '../../format/player-line.ts';
import {
  type ActorId,
  characterActorId,
  ENVIRONMENT,
  type PlaceId,
  playerActorId,
} from '../../scene/beat.ts';
import { perceiversIn } from '../../scene/presence.ts';
import { type EngineRoom, inPlace, nowBefore, openly, recordAndShow } from '../engine-room.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { harmless } from '../reserved-names.ts';
import { advance, breakIn } from '../turn/turn-loop.ts';
import type { Who } from './game-api.ts';

const LONGEST = 4000;

/**
 * An event of a game. Before all who are awake in the place it is a narration; otherwise a beat of those alone
 * who notice it, wherever they are. A turn that does not know of it and should is begun anew.
 */
export async function perceive(
  room: EngineRoom,
  live: LiveScene,
  { text, witnesses }: { readonly text: string; readonly witnesses: readonly Who[] | 'everyone' },
  place: PlaceId,
): Promise<number> {
  const told = clip(harmless(room.libraryOf(live.record), live, text), LONGEST);
  if (!told) throw new PlayerError('Say what happens.');
  const here = perceiversIn(live.state.people, place).witnesses;
  const who = witnesses === 'everyone' ? here : witnesses.map((one) => witnessOf(live, one));
  const isOpen = here.length === new Set(who).size && here.every((id) => who.includes(id));
  const maker = live.making?.actor?.id;
  const concerns = isOpen || (maker !== undefined && who.includes(maker));
  const broken = concerns ? breakIn(room, live) : undefined;
  const { n } = isOpen
    ? await recordAndShow(room, live, {
        ...openly(room, live, place),
        kind: 'narration',
        speaker: ENVIRONMENT,
        text: told,
      })
    : await append(live, room.options.store, {
        ...nowBefore(room, live, [...new Set(who)]),
        ...inPlace(place),
        kind: 'event',
        text: told,
      });
  if (broken) advance(room, live, broken.called, broken.place);
  room.stage(live.record)?.changed(live.record);
  return n;
}

function witnessOf({ minds }: LiveScene, who: Who): ActorId {
  const id = 'card' in who ? characterActorId(who.card) : playerActorId(who.player);
  if (minds.people.has(id)) return id;
  throw new PlayerError(
    'A witness was never in this scene. cast brings characters in; a player comes with their first line.',
  );
}
