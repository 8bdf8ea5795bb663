import type { Beat } from '../../../src/scene/beat.ts';
import type { foldLog } from '../../../src/scene/fold-log.ts';
import { perceiversIn } from '../../../src/scene/presence.ts';
import { replayForStage } from '../../../src/scene/stage-replay.ts';
import { emptyTalk, type Talk } from '../../../src/scene/talk.ts';
import type { ViewEntry } from '../../../src/scene/view.ts';
import { PEOPLE, PLACES } from './log/scene-now.ts';
import { factsOf, type SlowFacts } from './model/facts.ts';
import { peopleIn, perceivers } from './model/people.ts';
import { perceived, type SlowEntry } from './model/perceived.ts';
import { shownOf } from './model/stage.ts';
import { storyOf } from './model/story.ts';
import { type SlowTalk, talkOf } from './model/talk.ts';

/** All that can be asked of a scene, as plain data: the fold's answers and the slow model's compare. */
export type Truth = {
  minds: { [id: string]: readonly SlowEntry[] };
  directors: { [place: string]: readonly SlowEntry[] };
  environments: { [place: string]: readonly SlowEntry[] };
  stage: readonly object[];
  people: readonly object[];
  perceivers: { [place: string]: object };
  talks: { [place: string]: SlowTalk };
  facts: SlowFacts;
};

export function slowTruth(log: readonly Beat[]): Truth {
  const story = storyOf(log);
  const directors = each(PLACES, (place) => perceived(story, { type: 'director', place }));
  return {
    minds: each(
      PEOPLE.map(({ id }) => id),
      (id) => perceived(story, { type: 'character', id }),
    ),
    directors,
    environments: directors,
    stage: shownOf(story),
    people: peopleIn(story),
    perceivers: each(PLACES, (place) => perceivers(story, place)),
    talks: each(PLACES, (place) => talkOf(story, place)),
    facts: factsOf(log),
  };
}

export function foldedTruth(log: readonly Beat[], { state, minds }: ReturnType<typeof foldLog>): Truth {
  return {
    minds: each(
      PEOPLE.map(({ id }) => id),
      (id) => (minds.people.get(id)?.entries ?? []).map(plain),
    ),
    directors: each(PLACES, (place) => minds.place(place).director.entries.map(plain)),
    environments: each(PLACES, (place) => minds.place(place).environment.entries.map(plain)),
    stage: replayForStage(log),
    people: [...state.people.values()].map(({ before: _, ...person }) => person),
    perceivers: each(PLACES, (place) => perceiversIn(state.people, place)),
    talks: each(PLACES, (place) => plainTalk(state.talks.get(place) ?? emptyTalk())),
    facts: {
      beats: state.beats,
      setting: state.setting,
      opening: state.opening,
      rooms: sorted(state.rooms),
      place: state.place,
      stirredAt: state.stirredAt,
      sources: sorted(state.sources),
      amends: [...state.amends].sort(([a], [b]) => a - b),
      standing: [...state.standing].sort(([a], [b]) => a - b),
      characterTurns: state.characterTurns,
      playerLines: state.playerLines,
      lastSpoke: sorted(state.lastSpoke),
      cue: state.cue,
      cues: [...state.cues].sort(),
      granted: state.granted,
      steer: state.steer,
      plants: sorted(state.plants)
        .filter(([, plants]) => plants.length > 0)
        .map(([id, plants]) => [id, [...plants]]),
      secrets: sorted(state.secrets),
      pins: [...state.pins].sort((a, b) => a - b),
      elapsed: state.elapsed,
      clock: state.clock,
    },
  };
}

export function plain(entry: ViewEntry): SlowEntry {
  const { unheard: _, ...rest } = entry as ViewEntry & { unheard?: boolean };
  return rest;
}

function plainTalk({ whispered, turn, ...talk }: Talk): SlowTalk {
  return {
    ...talk,
    addressed: [...talk.addressed],
    recent: [...talk.recent],
    whispered: sorted(whispered),
    turn: turn && {
      n: turn.n,
      speaker: turn.speaker.id,
      versions: [...turn.versions.keys()],
      standing: turn.standing,
    },
  };
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function each<V>(keys: readonly string[], value: (key: string) => V): { [key: string]: V } {
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}
