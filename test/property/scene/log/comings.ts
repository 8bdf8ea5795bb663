import type { Beat, BeatOf, Condition } from '../../../../src/scene/beat.ts';
import { peopleIn } from '../model/people.ts';
import { isKind, placeOf } from '../model/story.ts';
import { isOpening } from '../model/talk.ts';
import { among, canary, openly, PEOPLE, PLACES, type Play, pick, type SceneNow } from './scene-now.ts';

const CONDITIONS: readonly Condition[] = ['awake', 'apart', 'asleep'];

/** Who is there already comes again, under another name. */
export const enter: Play = (scene, a, b, c) => {
  const who = pick(PEOPLE, a);
  if (!who) return [];
  const there = scene.present.find(({ actor }) => actor.id === who.id);
  const senses = openly(scene, there?.place ?? pick(PLACES, c) ?? 'main');
  const quiet = b % 3 === 0 && isOpening(scene.story, scene.n);
  return [
    {
      ...senses,
      witnesses: there ? senses.witnesses : [...senses.witnesses, who.id],
      kind: 'entrance',
      actor: there ? { ...who, name: `${who.name} ${scene.n}` } : who,
      ...text(b, scene),
      ...(quiet ? { quiet } : b % 5 < 2 ? { inferred: true } : {}),
      ...(c % 4 === 0 ? { persona: { sheet: canary('p', scene.n) } } : {}),
    },
  ];
};

export const leave: Play = (scene, a, b, c) => {
  const who = pick(scene.present, a);
  if (!who) return [];
  return [{ ...openly(scene, who.place), kind: 'exit', actor: who.actor, ...text(b, scene), ...inferred(c) }];
};

/** To another place; sometimes the coming is told of there, too. */
export const move: Play = (scene, a, b, c) => {
  const who = pick(scene.present, a);
  const to = pick(PLACES, b);
  if (!who || to === undefined || to === who.place) return [];
  const exit = { ...openly(scene, who.place), kind: 'exit' as const, actor: who.actor, to, ...inferred(c) };
  if (c % 5 > 1) return [exit];
  const senses = openly(scene, to);
  const arrival = { ...senses, witnesses: [...senses.witnesses, who.actor.id], actor: who.actor };
  return [exit, { ...arrival, kind: 'entrance' }];
};

export const change: Play = (scene, a, b, c) => {
  const who = pick(scene.present, a);
  const condition = pick(CONDITIONS, b);
  if (!who || !condition) return [];
  const common = { ...openly(scene, who.place), actor: who.actor, condition };
  return [{ ...common, kind: 'change', ...text(c, scene), ...inferred(c) }];
};

/** The one who was thought to be away witnessed what happened openly where they were. */
export const undo: Play = ({ story }, a, b) => {
  const of = pick(story.filter(isInferred), a);
  if (!of) return [];
  const { id } = of.actor;
  const before = peopleIn(story.filter(({ n }) => n < of.n)).find(({ actor }) => actor.id === id);
  const missed = story.filter((beat) => {
    if (beat.n <= of.n || isKind(beat, 'whisper', 'told', 'event')) return false;
    return before?.present && placeOf(beat) === before.place && (b % 3 > 0 || !beat.witnesses.includes(id));
  });
  const beats = missed.map(({ n }) => n);
  return [{ ...among([of.actor], placeOf(of)), kind: 'undo', of: of.n, actor: of.actor, beats }];
};

function isInferred(beat: Beat): beat is BeatOf<'entrance' | 'exit' | 'change'> {
  return isKind(beat, 'entrance', 'exit', 'change') && beat.inferred === true;
}

function inferred(c: number): { inferred?: true } {
  return c % 4 > 0 ? { inferred: true } : {};
}

function text(b: number, { n }: SceneNow): { text?: string } {
  return b % 2 === 0 ? { text: canary('x', n) } : {};
}
