import type { Library } from '../cast/library/library-api.ts';
import { chipsAt } from '../performer/understudy/script-place.ts';
import { isPlayerId } from '../scene/beat.ts';
import { cardOf } from './card-of.ts';
import type { Limits, Models, SceneInfo } from './engine-api.ts';
import type { LiveScene } from './live-scene.ts';
import { turnsPerLine } from './presets.ts';
import { scriptOf } from './script-of.ts';

/** What anyone may know of a scene. */
export function infoOf(live: LiveScene, library: Library, models: Models, limits: Limits): SceneInfo {
  const { record, state, making } = live;
  const script = scriptOf(library, record);
  const limit = turnsPerLine(record.preset, limits);
  const people = [...state.people.values()];
  return {
    record,
    setting: state.setting,
    cast: people.flatMap(({ actor, present }) => {
      const character = cardOf(library, actor.id);
      return character ? [{ character, present }] : [];
    }),
    players: people
      .filter(({ actor }) => isPlayerId(actor.id))
      .map(({ actor, present }) => ({ actor, present })),
    beats: state.beats,
    turnsLeft: Math.max(0, limit - state.turnsSincePlayer),
    turnsPerLine: limit,
    ...(making?.actor ? { making: making.actor } : {}),
    ...(models.actor ? { model: models.actor.name } : {}),
    chips: script && !models.actor ? chipsAt(script, state.cue) : [],
  };
}
