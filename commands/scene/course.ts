import type { CommandAction } from '../../src/engine/command/command.ts';
import { checkServer } from '../../src/engine/command/open-here.ts';
import { sceneHere } from '../../src/engine/command/scene-here.ts';
import { PlayerError } from '../../src/errors.ts';

export const pause: CommandAction = {
  description: 'Hold the scene; nothing of it is lost',
  options: [],
  allowed: 'owner',
  async run(context) {
    await sceneHere(context);
    await context.engine.pause(context.place.scene);
    await context.reply('The scene is paused. /scene continue lets it go on.');
  },
};

export const goOn: CommandAction = {
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

export const end: CommandAction = {
  description: 'Close the scene for good',
  options: [],
  allowed: 'owner',
  async run(context) {
    const { record } = await sceneHere(context);
    await context.engine.end(context.place.scene);
    context.engine.audit.note(context.place.server, {
      kind: 'ended',
      text: 'The scene was ended.',
      scene: record.id,
      by: context.who.id,
    });
    await context.reply('The scene has ended. /scene start opens another here.');
  },
};
