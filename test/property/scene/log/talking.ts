import type { BeatOf } from '../../../../src/scene/beat.ts';
import type { SlowPerson } from '../model/people.ts';
import { placeOf } from '../model/story.ts';
import { talkOf } from '../model/talk.ts';
import {
  among,
  canary,
  NARRATOR,
  openly,
  PLACES,
  type Play,
  pick,
  type SceneNow,
  words,
} from './scene-now.ts';

const WAITER = { id: 'walk-on:waiter', name: 'Waiter' };

export const line: Play = (scene, a, b, c) => {
  const who = pick(scene.present, a);
  if (!who || who.condition === 'asleep') return [];
  const { n } = scene;
  const isCharacter = who.actor.id.startsWith('character:');
  return [
    {
      ...openly(scene, who.place),
      kind: 'line',
      speaker: who.actor,
      turn: `turn ${n}`,
      segments: words(b, n, isCharacter),
      ...calls(scene, who, c),
      ...(isCharacter && a % 6 === 0 ? { overtaken: true } : {}),
      ...(c % 7 === 0 ? { cue: isCharacter && b % 2 === 0 ? 'greeting' : `cue ${b % 5}` } : {}),
      ...(isCharacter ? {} : { source: `message ${n}` }),
    },
  ];
};

export const walkOn: Play = (scene, _a, b, c) => [
  {
    ...openly(scene, pick(PLACES, c) ?? 'main'),
    kind: 'line',
    speaker: WAITER,
    turn: `turn ${scene.n}`,
    segments: words(b, scene.n, false),
  },
];

export const narration: Play = (scene, a, b, c) => [
  {
    ...openly(scene, pick(PLACES, c) ?? 'main'),
    kind: 'narration',
    speaker: NARRATOR,
    text: canary('x', scene.n),
    ...(b % 2 === 0 ? { made: { by: 'script', why: 'it was quiet', attempts: 1 } } : {}),
    ...(a % 7 === 0 ? { cue: `cue ${b % 5}` } : {}),
  },
];

/** To some of those who were ever here; even where they have left. */
export const whisper: Play = (scene, a, b, c) => {
  const who = pick(scene.present, a);
  const to = scene.people
    .map(({ actor }) => actor)
    .filter(({ id }, at) => id !== who?.actor.id && (c >> at) & 1);
  if (!who || to.length === 0) return [];
  const isCharacter = who.actor.id.startsWith('character:');
  return [
    {
      ...among([who.actor, ...to], who.place, b % 3 > 0 ? openly(scene, who.place).seen : []),
      kind: 'whisper',
      speaker: who.actor,
      to,
      turn: `turn ${scene.n}`,
      segments: words(b, scene.n, isCharacter),
      ...calls(scene, who, c),
      ...(isCharacter && b % 6 === 0 ? { overtaken: true } : {}),
      ...(a % 5 === 0 ? { cue: `cue ${b % 5}` } : {}),
      ...(isCharacter ? {} : { source: `message ${scene.n}` }),
    },
  ];
};

export const told: Play = (scene, a, b, c) => {
  const listener = pick(scene.people, a);
  if (!listener) return [];
  const teller = pick(scene.present, b)?.actor;
  return [
    {
      ...among([listener.actor], listener.place, c % 3 > 0 ? openly(scene, listener.place).seen : []),
      kind: 'told',
      speaker: teller ?? NARRATOR,
      to: [listener.actor],
      text: canary('x', scene.n),
    },
  ];
};

/** Before some of those who were ever here. */
export const event: Play = (scene, a, b, c) => {
  const witnesses = scene.people.map(({ actor }) => actor).filter((_, at) => (b >> at) & 1);
  const place = pick(PLACES, a) ?? 'main';
  const seen = c % 3 > 0 ? openly(scene, place).seen : [];
  return [{ ...among(witnesses, place, seen), kind: 'event', text: canary('x', scene.n) }];
};

/** Of the newest turn in a place; now and then of an older line. It is heard by those who heard the first. */
export const swipe: Play = (scene, a, b, c) => {
  const { n, lines } = scene;
  const of = a % 8 === 0 ? pick(lines, b) : pick(newestTurns(scene), b);
  if (of?.kind !== 'line' || of.alternativeTo !== undefined) return [];
  const speaker = scene.people.find(({ actor }) => actor.id === of.speaker.id);
  const senses = c % 3 === 0 ? openly(scene, placeOf(of)) : sensesOf(of);
  return [
    {
      ...senses,
      kind: 'line',
      speaker: of.speaker,
      turn: `turn ${n}`,
      segments: words(b, n, of.speaker.id.startsWith('character:')),
      alternativeTo: of.n,
      ...(speaker ? calls(scene, speaker, c) : {}),
    },
  ];
};

/** In each place the line that alone can be swiped, if there is one. */
export function newestTurns({ story, lines }: SceneNow): SceneNow['lines'] {
  const turns = PLACES.map((place) => talkOf(story, place).turn?.n);
  return lines.filter(({ n }) => turns.includes(n));
}

function sensesOf({ origin: _, witnesses, seen, place }: BeatOf<'line'>): ReturnType<typeof openly> {
  return { origin: 'local', witnesses, ...(seen ? { seen } : {}), ...(place ? { place } : {}) };
}

/** Some of those who are in the place are called to answer. */
function calls({ present }: SceneNow, { actor, place }: SlowPerson, c: number): { addressed?: string[] } {
  const others = present.filter((other) => other.place === place && other.actor.id !== actor.id);
  const addressed = others.filter((_, at) => (c >> at) & 1).map((other) => other.actor.id);
  return addressed.length > 0 ? { addressed } : {};
}
