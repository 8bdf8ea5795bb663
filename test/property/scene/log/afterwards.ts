import { visibleSegments } from '../../../../src/format/segments.ts';
import type { Beat } from '../../../../src/scene/beat.ts';
import { heldOf, perceived } from '../model/perceived.ts';
import { isKind, placeOf, standsFor } from '../model/story.ts';
import {
  among,
  CHARACTERS,
  canary,
  everywhere,
  openly,
  PLACES,
  PLAYERS,
  type Play,
  pick,
  words,
} from './scene-now.ts';
import { newestTurns } from './talking.ts';

const NOBODY = among([], 'main');

/** Mostly of a turn that can be swiped; any version that was not deleted. */
export const choose: Play = (scene, a, b, c) => {
  const newest = newestTurns(scene).map(({ n }) => n);
  const swipes = scene.lines.filter((beat) => standsFor(beat) !== beat.n);
  const fresh = swipes.filter((beat) => newest.includes(standsFor(beat)));
  const swipe = pick(c % 4 === 0 || fresh.length === 0 ? swipes : fresh, a);
  if (!swipe) return [];
  const of = standsFor(swipe);
  const line = scene.lines.find(({ n }) => n === of);
  const version = pick((line && heldOf(scene.story, { type: 'director' }, line))?.versions ?? [], b);
  return version ? [{ ...openly(scene, placeOf(swipe)), kind: 'choose', of, pick: version.n }] : [];
};

/** Also of a line that was left behind by a rewind: its message can still be edited. */
export const amend: Play = ({ n, log, story }, a, b, c) => {
  const of = pick((c % 6 === 0 ? log : story).filter(hasWords), a);
  const segments = visibleSegments(words(b, n, false));
  return of && segments.length > 0 ? [{ ...NOBODY, kind: 'amend', of: of.n, segments }] : [];
};

export const retract: Play = ({ log, story, lines }, a, _b, c) => {
  const all = c % 6 === 0 ? log.filter(hasWords) : c % 3 === 0 ? story.filter(hasWords) : lines;
  const of = pick(all, a);
  return of ? [{ ...NOBODY, kind: 'retract', of: of.n }] : [];
};

export const forget: Play = ({ people, story }, a, b, c) => {
  const who = pick(people, a)?.actor;
  if (!who) return [];
  const of = b % 4 === 0 ? undefined : pick(perceived(story, { type: 'character', id: who.id }), c)?.n;
  return [{ ...NOBODY, kind: 'forget', actor: who, ...(of === undefined ? {} : { of }) }];
};

export const pin: Play = ({ lines }, a, b) => {
  const of = pick(lines, a);
  return of ? [{ ...NOBODY, kind: 'pin', of: of.n, on: b % 3 > 0 }] : [];
};

export const plant: Play = ({ n }, a, b) => {
  const actor = pick(CHARACTERS, a);
  return actor ? [{ ...NOBODY, kind: 'plant', actor, text: canary('x', n), turns: 1 + (b % 4) }] : [];
};

export const secret: Play = ({ n }, a) => {
  const actor = pick(PLAYERS, a);
  return actor ? [{ ...NOBODY, kind: 'secret', actor, text: canary('x', n) }] : [];
};

export const steer: Play = ({ n }, _a, b) => [
  { ...NOBODY, kind: 'steer', text: canary('x', n), turns: 1 + (b % 4) },
];

export const grant: Play = (_scene, _a, b) => [{ ...NOBODY, kind: 'grant', turns: b % 6 }];

export const time: Play = (scene, _a, b, c) => [
  {
    ...everywhere(scene),
    kind: 'time',
    text: canary('x', scene.n),
    ...(b % 3 === 0 ? {} : { minutes: b }),
    ...(c % 3 === 0 ? { clock: c } : {}),
  },
];

export const setting: Play = (scene, _a, b) => [
  {
    ...everywhere(scene),
    kind: 'setting',
    text: canary('x', scene.n),
    ...(b % 3 === 0 ? { quiet: true } : {}),
  },
];

export const room: Play = (scene, a) => [
  { ...openly(scene, pick(PLACES, a) ?? 'main'), kind: 'room', name: `room ${scene.n}` },
];

/** Mostly not far; now and then to the beginning, or to a beat that was left behind itself. */
export const rewind: Play = ({ n, story }, a, b, c) => {
  const to = b % 29 === 0 ? 0 : c % 8 === 0 ? a % n : pick(story.slice(-12), a)?.n;
  return to === undefined ? [] : [{ ...NOBODY, kind: 'rewind', to }];
};

function hasWords(beat: Beat): boolean {
  return isKind(
    beat,
    'line',
    'whisper',
    'narration',
    'entrance',
    'exit',
    'change',
    'setting',
    'time',
    'told',
    'event',
  );
}
