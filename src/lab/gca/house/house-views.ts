import type { Segment } from '../../../format/segments.ts';
import { type Actor, ENVIRONMENT, type NewBeat } from '../../../scene/beat.ts';
import { createView, type View } from '../../../scene/view.ts';

/** The log of a scene, of which nothing is kept but what each part perceives of it. */
export type HouseViews = {
  of(id: string): View;
  readonly director: View;
  readonly environment: View;
  /** Somebody’s turn, before everyone. */
  line(speaker: Actor, segments: readonly Segment[]): void;
  narration(text: string): void;
  /** A turn that came to nothing: the director alone is told of it. */
  silence(speaker: Actor): void;
};

const SILENCE: Segment = { kind: 'action', text: 'silence' };

/** All of them are there from the first beat to the last. */
export function createHouseViews(people: readonly Actor[]): HouseViews {
  const witnesses = people.map(({ id }) => id);
  const views = new Map(witnesses.map((id) => [id, createView({ type: 'character', id })]));
  const director = createView({ type: 'director' });
  const environment = createView({ type: 'environment' });
  let n = 0;

  function add(beat: NewBeat, audience: readonly View[]): void {
    n += 1;
    for (const view of audience) view.add({ ...beat, n });
  }
  function lineOf({ id, name }: Actor, segments: readonly Segment[]): NewBeat {
    const speaker = { id, name };
    return { ...common(), kind: 'line', speaker, turn: `lab-${n + 1}`, segments: [...segments] };
  }
  function common() {
    return { at: n + 1, origin: 'lab' as const, witnesses: [...witnesses] };
  }
  const all = [...views.values(), director, environment];

  return {
    of(id) {
      const view = views.get(id);
      if (!view) throw new Error(`nobody plays ${id}`);
      return view;
    },
    ...{ director, environment },
    line: (speaker, segments) => add(lineOf(speaker, segments), all),
    narration: (text) => add({ ...common(), kind: 'narration', speaker: ENVIRONMENT, text }, all),
    silence: (speaker) => add(lineOf(speaker, [SILENCE]), [director]),
  };
}
