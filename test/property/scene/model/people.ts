import type { Actor, ActorId, Beat, Condition, Persona, PlaceId } from '../../../../src/scene/beat.ts';
import { wordsOf } from './perceived.ts';
import { isKind, placeOf } from './story.ts';

export type SlowPerson = {
  actor: Actor;
  present: boolean;
  place: PlaceId;
  condition: Condition;
  persona: Persona;
  setting: string;
  met: ActorId[];
  changedAt: number;
};

/** Everyone who is or was in the scene, in order of first entrance. */
export function peopleIn(story: readonly Beat[]): SlowPerson[] {
  const ids = new Set(story.flatMap((beat) => (beat.kind === 'entrance' ? [beat.actor.id] : [])));
  return [...ids]
    .map((id) => historyOf(story, id))
    .filter((history) => history.length > 0)
    .sort(([a], [b]) => (a?.changedAt ?? 0) - (b?.changedAt ?? 0))
    .flatMap((history) => history.at(-1) ?? []);
}

/** How it was with someone after each of their comings, goings and changes that was not undone. */
function historyOf(story: readonly Beat[], id: ActorId): SlowPerson[] {
  const history: SlowPerson[] = [];
  for (const beat of story) {
    const last = history.at(-1);
    if (beat.kind === 'undo' && beat.actor.id === id && last?.changedAt === beat.of) history.pop();
    if (!isKind(beat, 'entrance', 'exit', 'change') || beat.actor.id !== id) continue;
    const changedAt = beat.n;
    if (beat.kind === 'entrance') {
      history.push({
        actor: beat.actor,
        present: true,
        place: placeOf(beat),
        condition: last?.present ? last.condition : 'awake',
        persona: beat.persona ?? last?.persona ?? {},
        setting: last?.setting ?? settingAt(story, beat.n),
        met: last?.met ?? [...beat.witnesses, ...(beat.seen ?? [])].filter((one) => one !== id),
        changedAt,
      });
    } else if (last && beat.kind === 'change') {
      history.push({ ...last, condition: beat.condition, changedAt });
    } else if (last && beat.kind === 'exit') {
      history.push(
        beat.to === undefined
          ? { ...last, present: false, changedAt }
          : { ...last, place: beat.to, changedAt },
      );
    }
  }
  return history;
}

/** Where the scene was before beat `n`, as it reads after the whole story. */
export function settingAt(story: readonly Beat[], n: number): string {
  const isDeleted = (of: number) => story.some((later) => later.kind === 'retract' && later.of === of);
  const last = story.findLast((beat) => beat.n < n && beat.kind === 'setting' && !isDeleted(beat.n));
  if (!last) return '';
  return wordsOf(story, last)
    .map(({ text }) => text)
    .join(' ');
}

/** Who perceives what happens openly in a place after this story. */
export function perceivers(
  story: readonly Beat[],
  place: PlaceId,
): { witnesses: ActorId[]; seen: ActorId[] } {
  const here = peopleIn(story).filter((person) => person.present && person.place === place);
  return {
    witnesses: here.filter(({ condition }) => condition === 'awake').map(({ actor }) => actor.id),
    seen: here.filter(({ condition }) => condition === 'apart').map(({ actor }) => actor.id),
  };
}
