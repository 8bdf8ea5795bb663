import type { Segment } from '../../../../src/format/segments.ts';
import type { Actor, ActorId, Beat, BeatOf, NewBeat, PlaceId } from '../../../../src/scene/beat.ts';
import { peopleIn, perceivers, type SlowPerson } from '../model/people.ts';
import { isKind, storyOf } from '../model/story.ts';

/** How a scene stands for the next step of a random log. */
export type SceneNow = {
  /** The number of the next beat. */
  readonly n: number;
  readonly log: readonly Beat[];
  readonly story: readonly Beat[];
  readonly people: readonly SlowPerson[];
  readonly present: readonly SlowPerson[];
  readonly lines: readonly (BeatOf<'line'> | BeatOf<'whisper'>)[];
};

/** What a step makes of three numbers: the beats that happen, if any. */
export type Play = (scene: SceneNow, a: number, b: number, c: number) => Draft[];

/** A beat before it is written down. */
export type Draft = NewBeat extends infer B ? (B extends NewBeat ? Omit<B, 'at'> : never) : never;

export const CHARACTERS: readonly Actor[] = ['ada', 'bo', 'cy'].map((name) => ({
  id: `character:${name}`,
  name,
}));
export const PLAYERS: readonly Actor[] = ['pia', 'quinn'].map((name) => ({ id: `player:${name}`, name }));
export const PEOPLE: readonly Actor[] = [...CHARACTERS, ...PLAYERS];
export const PLACES: readonly PlaceId[] = ['main', 'cellar', 'garden'];
export const NARRATOR: Actor = { id: 'environment', name: 'Environment' };

export function sceneAfter(log: readonly Beat[]): SceneNow {
  const story = storyOf(log);
  const people = peopleIn(story);
  return {
    n: log.length + 1,
    log,
    story,
    people,
    present: people.filter((person) => person.present),
    lines: story.filter((beat) => isKind(beat, 'line', 'whisper')),
  };
}

export function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % all.length];
}

export type Layer = 't' | 's' | 'v' | 'x' | 'p';

/**
 * Each text is a canary of its own: the letter of its layer (`t`hought, `s`peech, `v`isible action, a
 * `p`ersona, `x`: any other) and the number of its beat.
 */
export function canary(layer: Layer, n: number): string {
  return `<${layer}${n}>`;
}

/** Any of the layers of a turn, as the bits of `which` say, at least one. */
export function words(which: number, n: number, thinks: boolean): Segment[] {
  const all: Segment[] = [
    ...(thinks && which & 1 ? [{ kind: 'thought' as const, text: canary('t', n) }] : []),
    ...(which & 2 ? [{ kind: 'action' as const, text: canary('v', n) }] : []),
    ...(which & 4 || !(which & 3) ? [{ kind: 'speech' as const, text: canary('s', n) }] : []),
  ];
  return all;
}

type Senses = { origin: 'local'; witnesses: ActorId[]; seen?: ActorId[]; place?: PlaceId };

/** It happens before everyone who is in the place. */
export function openly({ story }: SceneNow, place: PlaceId): Senses {
  const { witnesses, seen } = perceivers(story, place);
  return sensed(witnesses, seen, place);
}

/** Everyone who is awake perceives it, wherever they are. */
export function everywhere({ present }: SceneNow): Senses {
  const idsOf = (condition: string) =>
    present.filter((person) => person.condition === condition).map(({ actor }) => actor.id);
  return sensed(idsOf('awake'), idsOf('apart'), 'main');
}

/** Only these perceive it; `watched`: the beat claims that those apart saw it, which must not help them. */
export function among(actors: readonly Actor[], place: PlaceId, watched: readonly ActorId[] = []): Senses {
  return sensed(
    actors.map(({ id }) => id),
    [...watched],
    place,
  );
}

export function sensed(witnesses: ActorId[], seen: ActorId[], place: PlaceId): Senses {
  return {
    origin: 'local',
    witnesses,
    ...(seen.length > 0 ? { seen } : {}),
    ...(place === 'main' ? {} : { place }),
  };
}
