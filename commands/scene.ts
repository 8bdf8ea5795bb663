import type { Command, CommandAction, CommandOption } from '../src/engine/command/command.ts';
import { describeScene, presets } from '../src/engine/command/describe-scene.ts';
import { characterChoices, findCast } from '../src/engine/command/find-character.ts';
import { findScene } from '../src/engine/command/find-scene.ts';
import { checkServer, openHere, type WantedScene } from '../src/engine/command/open-here.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { PlayerError } from '../src/errors.ts';

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

const start: CommandAction = {
  description: 'Open a scene here; everything is optional',
  options: [
    { name: 'setting', description: 'Where and when it plays', type: 'text', max: 4000 },
    castList,
    { name: 'preset', description: 'Who speaks when', type: 'text', choices: presets },
    shippedScene,
    { name: 'thread', description: 'In a new thread instead of here', type: 'flag' },
  ],
  allowed: 'manager',
  async run(context, values) {
    await context.library.refresh();
    const typed = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
    const sceneName = typed('scene');
    const names = typed('cast');
    const preset = presets.find(({ value }) => value === typed('preset'))?.value;
    const setting = typed('setting');
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

const demo: CommandAction = {
  description: 'See a ready scene play, at reading speed',
  options: [shippedScene],
  allowed: 'manager',
  async run(context, values) {
    const scenes = context.library.scenes();
    const [first] = scenes;
    if (!first)
      throw new PlayerError('No ready scene is installed here. /scene start opens one of your own.');
    const name = values['scene'];
    const script = name === undefined ? first : findScene(String(name), scenes);
    await openHere(context, { script, preset: 'conversation', pace: 'reading', thread: false });
  },
};

const info: CommandAction = {
  description: 'What plays here: setting, cast, mode and budget',
  options: [],
  allowed: 'anyone',
  async run(context) {
    await context.reply(describeScene(await sceneHere(context)));
  },
};

const pause: CommandAction = {
  description: 'Hold the scene; nothing of it is lost',
  options: [],
  allowed: 'owner',
  async run(context) {
    await sceneHere(context);
    await context.engine.pause(context.place.scene);
    await context.reply('The scene is paused. /scene continue lets it go on.');
  },
};

const goOn: CommandAction = {
  description: 'Let a paused scene go on',
  options: [],
  allowed: 'owner',
  async run(context) {
    const { record } = await sceneHere(context);
    if (record.status === 'playing')
      throw new PlayerError('The scene is not paused. /next lets someone speak.');
    await checkServer(context);
    await context.engine.unpause(context.place.scene);
    await context.reply('The scene goes on.');
  },
};

const end: CommandAction = {
  description: 'Close the scene for good',
  options: [],
  allowed: 'owner',
  async run(context) {
    await sceneHere(context);
    await context.engine.end(context.place.scene);
    await context.reply('The scene has ended. /scene start opens another here.');
  },
};

const enter: CommandAction = {
  description: 'Take part: from now on the cast hears you',
  options: [],
  allowed: 'anyone',
  async run(context) {
    await sceneHere(context);
    await context.engine.join(context.place.scene, context.who);
    await context.reply('You are in the scene: the cast hears what you say here. /scene leave ends that.');
  },
};

const leave: CommandAction = {
  description: 'Take part no longer: nobody hears you until you come back',
  options: [],
  allowed: 'anyone',
  async run(context) {
    await sceneHere(context);
    await context.engine.leave(context.place.scene, context.who.id);
    await context.reply('You have left the scene: the cast does not hear you. /scene enter brings you back.');
  },
};

export const scene: Command = {
  name: 'scene',
  description: 'Open, hold and close scenes',
  actions: { start, demo, info, pause, continue: goOn, end, enter, leave },
};
