import type { Command } from '../src/engine/command/command.ts';
import { wholeOf, wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

export const steer: Command = {
  name: 'steer',
  description: 'Say where the scene should go',
  action: {
    description: 'Say where the scene should go; the director and Narrator mind it, the cast never reads it',
    options: [
      {
        name: 'text',
        description: 'For example: slow down, let them be alone',
        type: 'text',
        required: true,
        max: 500,
      },
      { name: 'turns', description: 'For how many turns', type: 'number', min: 1, max: 20 },
    ],
    allowed: 'owner',
    async run(context, values) {
      await sceneHere(context);
      const turns = wholeOf(values, 'turns');
      await context.engine.direction.steer(context.place.scene, wordsOf(values, 'text'), turns);
      await context.reply(
        turns === undefined
          ? 'The director keeps that in mind for the next turns.'
          : say('The director keeps that in mind for the next {{count}} turns.', { count: turns }),
      );
    },
  },
};
