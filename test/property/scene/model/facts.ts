import type { Actor, ActorId, Beat, BeatOf, PlaceId } from '../../../../src/scene/beat.ts';
import { peopleIn, settingAt } from './people.ts';
import { heldOf } from './perceived.ts';
import { isBy, isKind, isSpoken, isTurn, placeOf, standsFor, storyOf } from './story.ts';
import { isOpening, stirs } from './talk.ts';

export type SlowFacts = {
  beats: number;
  setting: string;
  opening: { setting: string; cast: Actor[]; closedAt: number | undefined };
  rooms: [PlaceId, string][];
  place: PlaceId;
  stirredAt: number;
  sources: [string, number][];
  amends: [number, number[]][];
  standing: [number, number][];
  characterTurns: number;
  playerLines: number;
  lastSpoke: [ActorId, number][];
  cue: string | undefined;
  cues: string[];
  granted: number;
  steer: { text: string; left: number } | undefined;
  plants: [ActorId, { text: string; left: number }[]][];
  secrets: [ActorId, string][];
  pins: number[];
  elapsed: number;
  clock: number | undefined;
};

/** All else that is true of a scene after a log. Lists are sorted. */
export function factsOf(log: readonly Beat[]): SlowFacts {
  const story = storyOf(log);
  const turns = story.filter(isTurn);
  const spoken = story.filter(isSpoken);
  const stirring = story.findLast((beat) => stirs(story, beat));
  const edits = of(log, 'amend');
  const cues = spoken.flatMap(({ cue }) => (cue === undefined || cue === 'greeting' ? [] : [cue]));
  return {
    beats: log.length,
    setting: settingAt(story, Number.POSITIVE_INFINITY),
    opening: openingOf(story),
    rooms: lastBy(of(story, 'room'), placeOf, ({ name }) => name),
    place: stirring ? placeOf(stirring) : 'main',
    stirredAt: stirring?.n ?? 0,
    sources: log
      .flatMap(({ source, n }): [string, number][] => (source === undefined ? [] : [[source, n]]))
      .sort(),
    amends: [...new Set(edits.map((edit) => edit.of))]
      .sort((a, b) => a - b)
      .map((n) => [n, edits.filter((edit) => edit.of === n).map((edit) => edit.n)]),
    standing: standingIn(story),
    characterTurns: turns.filter((turn) => isBy(turn, 'character')).length,
    playerLines: turns.filter((turn) => isBy(turn, 'player')).length,
    lastSpoke: lastBy(
      spoken,
      ({ speaker }) => speaker.id,
      ({ n }) => n,
    ),
    cue: cues.at(-1),
    cues: [...new Set(cues)].sort(),
    granted: grantedIn(story),
    steer: lastingOf(
      of(story, 'steer').slice(-1),
      turns.filter((turn) => isBy(turn, 'character')),
    )[0],
    plants: plantsIn(story),
    secrets: lastBy(
      of(story, 'secret'),
      ({ actor }) => actor.id,
      ({ text }) => text,
    ),
    pins: pinsIn(story),
    elapsed: of(story, 'time').reduce((sum, { minutes = 0 }) => sum + minutes, 0),
    clock: clockIn(of(story, 'time')),
  };
}

function openingOf(story: readonly Beat[]): SlowFacts['opening'] {
  const firstWords = story.find((beat) => isKind(beat, 'line', 'narration', 'whisper'));
  const opening = story.filter((beat) => isOpening(story, beat.n) && beat !== firstWords);
  const cast = of(opening, 'entrance').filter(({ n, quiet, actor }) => {
    const before = peopleIn(story.filter((beat) => beat.n < n));
    return (
      quiet && actor.id.startsWith('character:') && !before.some((person) => person.actor.id === actor.id)
    );
  });
  return {
    setting: settingAt(story, firstWords?.n ?? Number.POSITIVE_INFINITY),
    cast: cast.map(({ actor }) => actor),
    closedAt: firstWords?.n,
  };
}

/** Lines in whose place another version stands for everyone. */
function standingIn(story: readonly Beat[]): [number, number][] {
  return of(story, 'line').flatMap((line): [number, number][] => {
    if (standsFor(line) !== line.n) return [];
    const held = heldOf(story, { type: 'director' }, line);
    return held && held.stands !== line.n ? [[line.n, held.stands]] : [];
  });
}

function grantedIn(story: readonly Beat[]): number {
  const grant = of(story, 'grant').at(-1);
  if (!grant) return 0;
  const turns = story.filter(isTurn).filter(({ n }) => n > grant.n);
  if (turns.some((turn) => isBy(turn, 'player'))) return 0;
  return Math.max(0, grant.turns - turns.filter((turn) => isBy(turn, 'character')).length);
}

function plantsIn(story: readonly Beat[]): SlowFacts['plants'] {
  const plants = of(story, 'plant');
  const turns = story.filter(isTurn);
  return [...new Set(plants.map(({ actor }) => actor.id))].sort().flatMap((id): SlowFacts['plants'] => {
    const planted = plants.filter(({ actor }) => actor.id === id);
    const left = lastingOf(
      planted,
      turns.filter(({ speaker }) => speaker.id === id),
    );
    return left.length > 0 ? [[id, left]] : [];
  });
}

/** What is left of each after the turns that came since. */
function lastingOf(
  given: readonly { n: number; text: string; turns: number }[],
  turns: readonly Beat[],
): { text: string; left: number }[] {
  return given
    .map(({ n, text, turns: all }) => ({ text, left: all - turns.filter((turn) => turn.n > n).length }))
    .filter(({ left }) => left > 0);
}

function pinsIn(story: readonly Beat[]): number[] {
  const pinned = new Set(of(story, 'pin').map((pin) => pin.of));
  return [...pinned]
    .filter((n) => {
      const last = story.findLast((beat) => isKind(beat, 'pin', 'retract') && beat.of === n);
      return last?.kind === 'pin' && last.on;
    })
    .sort((a, b) => a - b);
}

function clockIn(times: readonly BeatOf<'time'>[]): number | undefined {
  const set = times.findLast(({ clock }) => clock !== undefined);
  if (set?.clock === undefined) return undefined;
  return times.filter(({ n }) => n > set.n).reduce((hour, { minutes = 0 }) => hour + minutes, set.clock);
}

function of<K extends Beat['kind']>(story: readonly Beat[], kind: K): BeatOf<K>[] {
  return story.filter((beat) => isKind(beat, kind));
}

/** Of each key the last value, sorted by key. */
function lastBy<T, V>(all: readonly T[], key: (one: T) => string, value: (one: T) => V): [string, V][] {
  return [...new Set(all.map(key))].sort().flatMap((one): [string, V][] => {
    const last = all.findLast((each) => key(each) === one);
    return last === undefined ? [] : [[one, value(last)]];
  });
}
