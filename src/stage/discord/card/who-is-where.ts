import type { Whereabouts } from '../../../engine/ledger/ledger-api.ts';
import { type ActorId, type Condition, MAIN_PLACE } from '../../../scene/beat.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { channelOf } from '../scene-place.ts';
import { plain } from './plain-text.ts';

const CONDITION_WORDS: Readonly<Record<Condition, Text>> = {
  awake: '',
  apart: 'out of earshot',
  asleep: 'asleep',
};
const LONGEST_LIST = 100;

/** Of everyone who is in a room, asleep or out of earshot: that, in words. */
export function notesOn(map: readonly Whereabouts[], locale?: Locale): ReadonlyMap<ActorId, string> {
  const notes = new Map<ActorId, string>();
  for (const { place, name, people } of map) {
    for (const { actor, condition } of people) {
      const parts = [place === MAIN_PLACE ? '' : say('in {{name}}', { name }), CONDITION_WORDS[condition]]
        .map((text) => render(text, locale))
        .filter(Boolean);
      if (parts.length > 0) notes.set(actor.id, parts.join(', '));
    }
  }
  return notes;
}

/** The rooms of a scene with a link to each, and who is in it. */
export function roomLines(map: readonly Whereabouts[], most: number, locale?: Locale): string[] {
  const rooms = map.filter(({ place }) => place !== MAIN_PLACE);
  const lines = rooms.slice(0, most).map(({ place, people }) => {
    const names = people.map(({ actor }) => actor.name).join(', ');
    return render(
      say('**In** {{channel}} {{people}}', {
        channel: `<#${channelOf({ id: place })}>`,
        people: plain(names, LONGEST_LIST) || say('nobody'),
      }),
      locale,
    );
  });
  const left = rooms.length - most;
  return left > 0 ? [...lines, render(say('and {{count}} more rooms', { count: left }), locale)] : lines;
}
