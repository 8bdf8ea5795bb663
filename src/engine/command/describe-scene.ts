import type { SceneInfo } from '../engine-api.ts';
import { PRESET_WORDS } from '../presets.ts';
import { type Preset, presetSchema } from '../scene-record.ts';
import type { Choice } from './command.ts';

/** Who speaks when, as people choose it. */
export const presets: readonly (Choice & { readonly value: Preset })[] = presetSchema.options.map(
  (value) => ({
    value,
    name: `${value}: ${PRESET_WORDS[value]}`,
  }),
);

/** What anyone may know of a scene, in a few lines of plain text. */
export function describeScene(scene: SceneInfo): string {
  const { record, setting, turnsLeft, turnsPerLine, model, beats, rooms, clock, making, why } = scene;
  const cast = scene.cast.map(({ character, present }) => named(character.name, present));
  const players = scene.players.map(({ actor, present }) => named(actor.name, present));
  return [
    `“${record.title}” is ${record.status}, ${beats} beats so far.`,
    ...(setting ? [`Setting: ${setting}`] : []),
    ...(clock ? [`It is ${clock}.`] : []),
    `Cast: ${cast.join(', ') || 'nobody yet'}. Players: ${players.join(', ') || 'nobody yet'}.`,
    ...(rooms.length > 0 ? [`Rooms: ${rooms.map(({ name }) => name).join(', ')}.`] : []),
    `Mode: ${presets.find(({ value }) => value === record.preset)?.name ?? record.preset}.`,
    ...(making ? [`Next: ${making.name}${why ? `, ${why}` : ''}.`] : []),
    `Turns left until someone speaks: ${turnsLeft} of ${turnsPerLine}.`,
    model ? `Played by ${model}.` : 'Played by the scripted demo: it reads from a script.',
  ].join('\n');
}

function named(name: string, present: boolean): string {
  return present ? name : `${name} (away)`;
}
