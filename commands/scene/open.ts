import type { CommandAction, CommandOption } from '../../src/engine/command/command.ts';
import { presets } from '../../src/engine/command/describe-scene.ts';
import { characterChoices, findCast } from '../../src/engine/command/find-character.ts';
import { findScene } from '../../src/engine/command/find-scene.ts';
import { openHere, type WantedScene } from '../../src/engine/command/open-here.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';

const shippedScene: CommandOption = {
  name: 'scene',
  description: 'A ready scene: it brings setting and cast',
  type: 'text',
  max: 100,
  async complete({ library }, partial) {
    const wanted = partial.trim().toLowerCase();
    return library
      .scenes()
      .filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted))
      .slice(0, 25)
      .map(({ id, title, tagline }) => ({
        name: (tagline ? `${title} · ${tagline}` : title).slice(0, 100),
        value: id,
      }));
  },
};

const castList: CommandOption = {
  name: 'cast',
  description: 'Who is in it: names, separated by commas',
  type: 'text',
  max: 500,
  async complete({ library }, partial) {
    const typed = partial.split(',');
    const chosen = typed.slice(0, -1).map((name) => name.trim());
    const fitting = library
      .find(typed.at(-1)?.trim() ?? '', 25 + chosen.length)
      .filter(({ id, name }) => !chosen.includes(name) && !chosen.includes(id));
    return characterChoices(fitting.slice(0, 25), library.characters())
      .map(({ name, value }) => {
        if (chosen.length === 0) return { name, value };
        const list = [...chosen, value].join(', ');
        return { name: list, value: list };
      })
      .filter(({ name, value }) => name.length <= 100 && value.length <= 100);
  },
};

export const start: CommandAction = {
  description: 'Open a scene here; everything is optional',
  options: [
    { name: 'setting', description: 'Where and when it plays', type: 'text', max: 4000 },
    castList,
    { name: 'preset', description: 'Who speaks when', type: 'text', choices: presets },
    shippedScene,
    { name: 'thread', description: 'In a new thread instead of here', type: 'flag' },
  ],
  allowed: 'moderator',
  async run(context, values) {
    await context.library.refresh();
    const sceneName = textOf(values, 'scene');
    const names = textOf(values, 'cast');
    const preset = presets.find(({ value }) => value === textOf(values, 'preset'))?.value;
    const setting = textOf(values, 'setting');
    const wanted: WantedScene = {
      ...(sceneName ? { script: findScene(sceneName, context.library.scenes()) } : {}),
      ...(names ? { cast: findCast(names, context.library.characters()).map(({ id }) => id) } : {}),
      ...(preset ? { preset } : {}),
      ...(setting ? { setting } : {}),
      thread: values['thread'] === true,
    };
    await openHere(context, wanted);
  },
};

export const demo: CommandAction = {
  description: 'See a ready scene play, at reading speed',
  options: [shippedScene],
  allowed: 'moderator',
  async run(context, values) {
    const scenes = context.library.scenes();
    const [first] = scenes;
    if (!first)
      throw new PlayerError('No ready scene is installed here. /scene start opens one of your own.');
    const name = textOf(values, 'scene');
    const script = name === undefined ? first : findScene(name, scenes);
    await openHere(context, { script, preset: 'conversation', pace: 'reading', thread: false });
  },
};
