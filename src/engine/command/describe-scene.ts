import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { asTyped, joined, type Message, say, type Text } from '../../words/text.ts';
import { choicesWords } from '../choices/choices-words.ts';
import type { SceneInfo } from '../engine-api.ts';
import type { Preset, SceneRecord } from '../scene-record.ts';
import type { Choice } from './command.ts';

/** Who speaks when, as people choose it. */
export const presets = [
  {
    value: 'called-only',
    name: 'called-only: characters answer when they are called: by name, mention or reply',
  },
  {
    value: 'conversation',
    name: 'conversation: the director picks who speaks; the cast answers each line and rests',
  },
  { value: 'lively', name: 'lively: like conversation, with more of the cast answering each other' },
  {
    value: 'theatre',
    name: 'theatre: the cast plays on by itself, up to twenty turns; you may break in at any time',
  },
  { value: 'game-master', name: 'game-master: nobody speaks until /next or /narrate' },
] as const satisfies readonly (Choice & { readonly value: Preset })[];

/** What anyone may know of a scene, in a few lines of plain text. */
export function describeScene(scene: SceneInfo): Text {
  const { record, setting, turnsLeft, turnsPerLine, model, bestOf, beats, rooms, clock, making, why } = scene;
  const cast = scene.cast.map(({ character, present }) => named(character.name, present));
  const players = scene.players.map(({ actor, present }) => named(actor.name, present));
  const mode = presets.find(({ value }) => value === record.preset);
  return [
    say('“{{title}}” is {{status}}, {{count}} beats so far.', {
      title: record.title,
      status: STATUS_WORDS[record.status],
      count: beats,
    }),
    ...(setting ? [say('Setting: {{setting}}', { setting })] : []),
    ...(clock ? [say('It is {{clock}}.', { clock })] : []),
    say('Cast: {{cast}}. Players: {{players}}.', { cast: listed(cast), players: listed(players) }),
    ...(rooms.length > 0
      ? [say('Rooms: {{rooms}}.', { rooms: rooms.map(({ name }) => name).join(', ') })]
      : []),
    say('Mode: {{mode}}.', { mode: mode ? say(mode.name) : record.preset }),
    ...(making ? [next(making, why)] : []),
    say('Turns left until someone speaks: {{turnsLeft}} of {{turnsPerLine}}.', { turnsLeft, turnsPerLine }),
    ...(bestOf === undefined
      ? []
      : [
          say('Each turn is the best of {{count}} drafts; a judge chooses, the others are swipes.', {
            count: bestOf,
          }),
        ]),
    ...choicesWords(scene),
    model ? say('Played by {{model}}.', { model }) : 'Played by the scripted demo: it reads from a script.',
  ];
}

const STATUS_WORDS: Readonly<Record<SceneRecord['status'], Message>> = {
  playing: say('playing'),
  paused: say('paused'),
  ended: say('ended'),
};

function named(name: string, present: boolean): Message {
  return present ? asTyped(name) : say('{{name}} (away)', { name });
}

function listed(names: readonly Message[]): Message {
  return names.length > 0 ? joined(names, ', ') : say('nobody yet');
}

function next({ id, name: called }: Actor, why: string | undefined): Message {
  const name = id === ENVIRONMENT.id ? say('the Narrator') : called;
  return why ? say('Next: {{name}}, {{why}}.', { name, why }) : say('Next: {{name}}.', { name });
}
