import type { Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';

export const narrate: Command = {
  name: 'narrate',
  description: 'Let something happen in the world',
  action: {
    description: 'Let something happen in the world; without a text the Narrator decides what',
    options: [{ name: 'text', description: 'What happens, as everyone sees it', type: 'text', max: 2000 }],
    allowed: 'owner',
    async run(context, values) {
      await sceneHere(context);
      const text = values['text'];
      await context.engine.narrate(context.place.scene, text === undefined ? undefined : String(text));
      await context.reply(text === undefined ? 'The Narrator takes a turn.' : 'So it happens.');
    },
  },
};
