import { type Actor, type ActorId, type Beat, MAIN_PLACE, type PlaceId } from './beat.ts';
import { createView, toldOf, type View } from './view.ts';

/** The views of all who perceive anything in a scene; they grow with its log. */
export type Minds = {
  /** Of each place, what happens openly there. */
  place(id: PlaceId): PlaceViews;
  /** From each one's first entrance on: characters and players. */
  readonly people: ReadonlyMap<ActorId, View>;
  /** What anyone perceived of a beat that happened openly, wherever it was. */
  openly(n: number): ReturnType<View['at']>;
  /** Takes the next beat of the story. */
  add(beat: Beat): void;
};

/** One view: both perceive all that happens openly there. */
export type PlaceViews = { readonly director: View; readonly environment: View };

/** Nobody has perceived anything yet. */
export function createMinds(): Minds {
  const places = new Map<PlaceId, PlaceViews>();
  const people = new Map<ActorId, View>();
  const actors = new Map<ActorId, Actor>();

  /** One actor, however many beats name it. */
  function met(actor: Actor): Actor {
    const known = actors.get(actor.id);
    if (known?.name === actor.name) return known;
    actors.set(actor.id, actor);
    return actor;
  }

  function place(id: PlaceId): PlaceViews {
    const known = places.get(id);
    if (known) return known;
    // The Environment reads what the director does.
    const open = createView({ type: 'director', place: id });
    // Where the scene is and what time it is, is so in a place that opens later, too.
    const main = places.get(MAIN_PLACE)?.director;
    for (const { n, kind } of main?.entries ?? []) {
      const told = kind === 'setting' || kind === 'time' ? main?.place(n) : undefined;
      if (told) open.admit(told);
    }
    const made = { director: open, environment: open };
    places.set(id, made);
    return made;
  }
  place(MAIN_PLACE);

  function openly(n: number): ReturnType<View['at']> {
    for (const { director } of places.values()) {
      const entry = director.at(n);
      if (entry) return entry;
    }
    return undefined;
  }

  return {
    place,
    people,
    openly,
    add(beat) {
      if (beat.kind === 'entrance' && !people.has(beat.actor.id)) {
        people.set(beat.actor.id, createView({ type: 'character', id: beat.actor.id }));
      }
      place(beat.place ?? MAIN_PLACE);
      if (beat.kind === 'undo') regain(beat.actor.id, beat.beats);
      // Made once: what all who witness it perceive of it alike, they share.
      const told = toldOf(beat, met);
      for (const { director } of places.values()) director.add(beat, told);
      for (const view of people.values()) view.add(beat, told);
    },
  };

  /** What happened openly while someone was thought to be away, they witnessed, as it stands now. */
  function regain(actor: ActorId, beats: readonly number[]): void {
    const view = people.get(actor);
    for (const n of beats) {
      const open = openPlace(n);
      // A swipe alone is nothing to whom the line is nothing.
      if (open && view && (open.n === n || view.place(open.n))) view.admit(open);
    }
  }

  function openPlace(n: number): ReturnType<View['place']> {
    for (const { director } of places.values()) {
      const open = director.place(n);
      if (open) return open;
    }
    return undefined;
  }
}
