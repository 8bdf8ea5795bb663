import type { Whereabouts } from '../../../engine/ledger/ledger-api.ts';
import { type ActorId, type Condition, MAIN_PLACE } from '../../../scene/beat.ts';
import { channelOf } from '../scene-place.ts';
import { plain } from './plain-text.ts';

const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  awake: '',
  apart: 'out of earshot',
  asleep: 'asleep',
};
const LONGEST_LIST = 100;

/** Of everyone who is in a room, asleep or out of earshot: that, in words. */
export function notesOn(map: readonly Whereabouts[]): ReadonlyMap<ActorId, string> {
  const notes = new Map<ActorId, string>();
  for (const { place, name, people } of map) {
    for (const { actor, condition } of people) {
      const parts = [place === MAIN_PLACE ? '' : `in ${name}`, CONDITION_WORDS[condition]].filter(Boolean);
      if (parts.length > 0) notes.set(actor.id, parts.join(', '));
    }
  }
  return notes;
}

/** The rooms of a scene with a link to each, and who is in it. */
export function roomLines(map: readonly Whereabouts[], most: number): string[] {
  const rooms = map.filter(({ place }) => place !== MAIN_PLACE);
  const lines = rooms.slice(0, most).map(({ place, people }) => {
    const names = people.map(({ actor }) => actor.name).join(', ');
    return `**In** <#${channelOf({ id: place })}> ${plain(names, LONGEST_LIST) || 'nobody'}`;
  });
  return rooms.length > most ? [...lines, `and ${rooms.length - most} more rooms`] : lines;
}
