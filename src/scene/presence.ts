import {
  type Actor,
  type ActorId,
  type BeatOf,
  type Condition,
  isCharacterId,
  isPlayerId,
  MAIN_PLACE,
  type Persona,
  type PlaceId,
} from './beat.ts';

/** Where someone is, and in which state: who perceives what follows from it. */
export type Presence = {
  readonly actor: Actor;
  readonly present: boolean;
  readonly place: PlaceId;
  readonly condition: Condition;
  readonly persona: Persona;
  /** Where the scene was when they first came in, and whom they found there. */
  readonly setting: string;
  readonly met: readonly ActorId[];
  /** The beat that last changed it, and how it was before (absent: they had not come yet), for undoing. */
  readonly changedAt: number;
  readonly before: Presence | undefined;
};

/** Characters and players that were ever in the scene, in order of their first entrance. */
export type People = Map<ActorId, Presence>;

/** Takes a coming, a going or a change of state into `people`, in place. */
export function applyPresence(
  people: People,
  beat: BeatOf<'entrance'> | BeatOf<'exit'> | BeatOf<'change'>,
  setting: string,
): void {
  const { actor, n } = beat;
  const known = people.get(actor.id);
  if (beat.kind === 'entrance') {
    people.set(actor.id, {
      actor,
      present: true,
      place: beat.place ?? MAIN_PLACE,
      condition: known?.present ? known.condition : 'awake',
      persona: beat.persona ?? known?.persona ?? {},
      setting: known?.setting ?? setting,
      met: known?.met ?? [...beat.witnesses, ...(beat.seen ?? [])].filter((id) => id !== actor.id),
      changedAt: n,
      before: known,
    });
  } else if (known) {
    const change =
      beat.kind === 'change'
        ? { condition: beat.condition }
        : beat.to === undefined
          ? { present: false }
          : { place: beat.to };
    people.set(actor.id, { ...known, ...change, changedAt: n, before: known });
  }
}

/** What `of` changed is as it was before, unless something else changed it since and stands. */
export function undoPresence(people: People, { of, actor }: BeatOf<'undo'>): void {
  const known = people.get(actor.id);
  if (known?.changedAt !== of) return;
  if (known.before) people.set(actor.id, known.before);
  else people.delete(actor.id);
}

/**
 * Where the scene was reads differently now, also for those who come to be as they were before.
 *
 * @param settingBefore where the scene was before a beat
 */
export function replaceSetting(people: People, settingBefore: (n: number) => string): void {
  const replaced = (person: Presence): Presence => {
    const before = person.before && replaced(person.before);
    // Whatever came of it, they found what was there when they first came in.
    return { ...person, before, setting: before ? before.setting : settingBefore(person.changedAt) };
  };
  for (const [id, person] of people) people.set(id, replaced(person));
}

/** Those who are in a place now, or in any, in order of entrance. */
export function presentIn(people: People, place?: PlaceId): Presence[] {
  return [...people.values()].filter(
    (person) => person.present && (place === undefined || person.place === place),
  );
}

/** Who perceives what happens openly in a place now: all of it, or only what there is to see. */
export function perceiversIn(
  people: People,
  place: PlaceId,
): { readonly witnesses: ActorId[]; readonly seen: ActorId[] } {
  const here = presentIn(people, place);
  const idsOf = (condition: Condition) =>
    here.filter((person) => person.condition === condition).map(({ actor }) => actor.id);
  return { witnesses: idsOf('awake'), seen: idsOf('apart') };
}

/** Characters who can take a turn in a place now. */
export function charactersAwake(people: People, place: PlaceId): Actor[] {
  return presentIn(people, place)
    .filter(({ actor, condition }) => isCharacterId(actor.id) && condition !== 'asleep')
    .map(({ actor }) => actor);
}

/** Players in a place now. */
export function playersIn(people: People, place: PlaceId): Actor[] {
  return presentIn(people, place)
    .map(({ actor }) => actor)
    .filter(({ id }) => isPlayerId(id));
}
