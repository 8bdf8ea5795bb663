import type { Command } from '../src/engine/command/command.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';

export const ooc: Command = {
  name: 'ooc',
  description: 'Say something out of character',
  action: {
    description: 'Say something out of character: the room reads it, the cast never hears it',
    options: [{ name: 'text', description: 'What you say', type: 'text', required: true, max: 1500 }],
    allowed: 'anyone',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      await sceneHere(context);
      await engine.direction.outOfCharacter(place.scene, who, wordsOf(values, 'text'));
      await reply('Said out of character; the cast did not hear it.');
    },
  },
};
