import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { wholeOf, wordsOf } from '../src/engine/command/read-values.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

export const plant: Command = {
  name: 'plant',
  description: 'Give a character a thought of its own',
  action: {
    description: 'Give a character a thought of its own for some turns; nobody else perceives it',
    options: [
      castOption('Who thinks it', { required: true }),
      {
        name: 'thought',
        description: 'What they think, as they would: I must not look at the cellar door',
        type: 'text',
        required: true,
        max: 500,
      },
      { name: 'turns', description: 'For how many of their turns', type: 'number', min: 1, max: 20 },
    ],
    allowed: 'owner',
    async run(context, values) {
      const character = findCharacter(wordsOf(values, 'name'), presentIn(await sceneHere(context)));
      const turns = wholeOf(values, 'turns');
      await context.engine.direction.plant(
        context.place.scene,
        character.id,
        wordsOf(values, 'thought'),
        turns,
      );
      const { name } = character;
      await context.reply(
        turns === undefined
          ? say('{{character}} has that thought, as one of their own.', { character: name })
          : say('{{character}} has that thought for {{count}} turns, as one of their own.', {
              character: name,
              count: turns,
            }),
      );
    },
  },
};
