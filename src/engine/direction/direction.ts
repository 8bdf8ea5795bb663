import { PlayerError } from '../../errors.ts';
import { clip, readPlayerLine } from '../../format/player-line.ts';
import { type Actor, characterActorId, type PlaceId } from '../../scene/beat.ts';
import { render } from '../../words/render.ts';
import { say } from '../../words/text.ts';
import { clockWords, durationWords } from '../clock-words.ts';
import {
  type EngineRoom,
  inPlace,
  localeOf,
  nowBefore,
  openly,
  recordAndShow,
  tell,
} from '../engine-room.ts';
import { stopGathering } from '../gather.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { placeIn } from '../place-in.ts';
import { playerActor } from '../player-actor.ts';
import { harmless, reservedIn } from '../reserved-names.ts';
import { cardFor, everHere } from '../start-scene.ts';
import { advance, cancel, rest } from '../turn/turn-loop.ts';
import { walkOn } from '../walk-on.ts';
import type { Within } from '../within.ts';
import type { Direction } from './direction-api.ts';

/** Turns that anything lasts, or that the cast goes on for, at most. */
const MOST_TURNS = 20;
const STEER_TURNS = 3;
const PLANT_TURNS = 5;
const LONGEST_TEXT = 1000;
/** A story may last; a thousand years are enough. */
const MOST_MINUTES = 1000 * 366 * 24 * 60;

/** The course of every scene, as people ask for it; see `Direction` for what each does. */
export function createDirection(room: EngineRoom, { within, playing }: Within): Direction {
  const { store } = room.options;
  return {
    steer: (id, text, turns = STEER_TURNS) =>
      playing(id, async (live) => {
        await append(live, store, {
          ...nowBefore(room, live, []),
          kind: 'steer',
          text: plain(room, live, text),
          turns: bounded(turns),
        });
      }),
    goOn: (id, turns) =>
      playing(id, async (live) => {
        if (live.making)
          throw new PlayerError(
            say('{{name}} is making a turn; /stop ends it.', {
              name: live.making.actor?.name ?? say('Someone'),
            }),
          );
        stopGathering(live);
        const place = placeIn(live, id);
        await append(live, store, {
          ...nowBefore(room, live, []),
          ...inPlace(place),
          kind: 'grant',
          turns: bounded(turns),
        });
        advance(room, live, 'anyone', place);
      }),
    hold: (id) =>
      playing(id, async (live) => {
        cancel(room, live);
        stopGathering(live);
        await append(live, store, { ...nowBefore(room, live, []), kind: 'grant', turns: 0 });
        await rest(room, live);
      }),
    plant: (id, cardId, text, turns = PLANT_TURNS) =>
      playing(id, async (live) => {
        const actor = everHere(room, live, cardId);
        await append(live, store, {
          ...nowBefore(room, live, [actor.id]),
          kind: 'plant',
          actor,
          text: plain(room, live, text),
          turns: bounded(turns),
        });
      }),
    skipTime: (id, minutes, text) =>
      playing(id, async (live) => {
        if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) {
          throw new PlayerError('Say how much time goes by: 30 minutes, 2 hours, 3 days.');
        }
        const told = text === undefined ? '' : plain(room, live, text);
        const later = render(
          say('{{long}} later.', { long: durationWords(minutes) }),
          localeOf(room, live.record),
        );
        await recordAndShow(room, live, {
          ...everywhere(room, live),
          kind: 'time',
          text: told || `${later[0]?.toUpperCase()}${later.slice(1)}`,
          minutes,
        });
        room.stage(live.record)?.changed(live.record);
      }),
    setClock: (id, minutes) =>
      playing(id, async (live) => {
        if (!Number.isInteger(minutes) || minutes < 0 || minutes > MOST_MINUTES) {
          throw new PlayerError('Say the hour: 21:30, or day 2 07:00.');
        }
        await recordAndShow(room, live, {
          ...everywhere(room, live),
          kind: 'time',
          text: `It is ${clockWords(minutes)}.`,
          clock: minutes,
        });
        room.stage(live.record)?.changed(live.record);
      }),
    outOfCharacter: (id, player, text) =>
      within(id, async (live) => {
        const { name } = playerActor(player, []);
        const words = clip(text.trim(), LONGEST_TEXT);
        if (!words) throw new PlayerError('Say something.');
        await tell(room, live, {
          kind: 'ooc',
          text: say('{{name}} (out of character): {{words}}', { name, words }),
          ...inPlace(placeIn(live, id)),
        });
      }),
    sayAs: (id, as, text) => playing(id, (live) => sayAs(room, live, placeIn(live, id), as, text)),
  };
}

async function sayAs(
  room: EngineRoom,
  live: LiveScene,
  place: PlaceId,
  as: Parameters<Direction['sayAs']>[1],
  text: string,
): Promise<void> {
  const reserved = reservedIn(room.libraryOf(live.record), live);
  const speaker = 'card' in as ? castMember(room, live, place, as.card) : walkOn(as.walkOn, reserved);
  const segments = readPlayerLine(text, reserved);
  if (segments.length === 0) throw new PlayerError('Nothing would be said.');
  cancel(room, live);
  await recordAndShow(room, live, {
    ...openly(room, live, place, speaker.id),
    kind: 'line',
    speaker,
    turn: `a${live.state.beats + 1}`,
    segments,
    made: { by: 'hand', why: 'said by hand', attempts: 0 },
  });
  advance(room, live);
}

function castMember(room: EngineRoom, { record, state }: LiveScene, place: PlaceId, cardId: string): Actor {
  const person = state.people.get(characterActorId(cardId));
  if (person?.present && person.place === place) return person.actor;
  throw new PlayerError(
    say('{{name}} is not here. /summon brings them.', { name: cardFor(room, record, cardId).name }),
  );
}

/** Time goes by in every room. */
function everywhere(room: EngineRoom, live: LiveScene) {
  const people = [...live.state.people.values()].filter(({ present }) => present);
  return nowBefore(
    room,
    live,
    people.map(({ actor }) => actor.id),
  );
}

function bounded(turns: number): number {
  if (Number.isInteger(turns) && turns >= 1 && turns <= MOST_TURNS) return turns;
  throw new PlayerError(say('From 1 to {{MOST_TURNS}} turns.', { MOST_TURNS }));
}

function plain(room: EngineRoom, live: LiveScene, text: string): string {
  const words = clip(harmless(room.libraryOf(live.record), live, text), LONGEST_TEXT);
  if (!words) throw new PlayerError('Say what.');
  return words;
}
