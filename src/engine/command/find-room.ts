import { slugOf } from '../../cast/library/slug.ts';
import { PlayerError } from '../../errors.ts';
import { MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import type { SceneInfo } from '../engine-api.ts';
import type { CommandOption } from './command.ts';
import { eitherOf } from './either-of.ts';
import { nearest } from './nearest.ts';

export type NamedPlace = { readonly id: PlaceId; readonly name: string };

/** The places of a scene: the main one, by the scene's title, and its rooms. */
export function placesIn({ record, rooms }: SceneInfo): readonly NamedPlace[] {
  return [{ id: MAIN_PLACE, name: record.title }, ...rooms];
}

/** The room of that name; a name that is like another's but for case and punctuation is the same. */
export function roomCalled(name: string, { rooms }: SceneInfo): NamedPlace | undefined {
  return rooms.find((room) => slugOf(room.name) === slugOf(name));
}

/**
 * The place that someone means: a room by its name or id, or the main place, by `main` or the scene's title.
 * @throws PlayerError that names the places there are
 */
export function findRoom(typed: string, info: SceneInfo): NamedPlace {
  const places = placesIn(info);
  const wanted = slugOf(typed);
  const found =
    roomCalled(typed, info) ??
    places.find(({ id, name }) => id === typed.trim() || id === wanted || slugOf(name) === wanted);
  if (found) return found;
  const name = typed.trim().slice(0, 60);
  if (info.rooms.length === 0)
    throw new PlayerError(
      say('There is no room “{{name}}” here. There are none yet: /scene room opens one.', { name }),
    );
  const names = info.rooms.map(({ name }) => name);
  const near = nearest(typed, names);
  if (near.length > 0)
    throw new PlayerError(
      say('There is no room “{{name}}” here. Did you mean {{near}}?', { name, near: eitherOf(near) }),
    );
  throw new PlayerError(
    say('There is no room “{{name}}” here. There are: main, {{names}}.', { name, names: names.join(', ') }),
  );
}

/** An option that names a place of the scene. */
export const roomOption: CommandOption = {
  name: 'to',
  description: 'Which room; main is the scene’s own place',
  type: 'text',
  required: true,
  max: 100,
  async complete({ engine, place }, partial) {
    const info = await engine.info(place.scene);
    if (!info) return [];
    const wanted = partial.trim().toLowerCase();
    const main = { name: `main · ${info.record.title}`.slice(0, 100), value: 'main' };
    return [main, ...info.rooms.map(({ name }) => ({ name, value: name }))]
      .filter(({ name, value }) => [name, value].some((text) => text.toLowerCase().startsWith(wanted)))
      .slice(0, 25);
  },
};
