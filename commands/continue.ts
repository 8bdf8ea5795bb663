import type { Command } from '../src/engine/command/command.ts';
import { wholeOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

const TURNS = 3;

export const goingOn: Command = {
  name: 'continue',
  description: 'Let the cast talk on among themselves',
  action: {
    description: 'Let the cast talk on among themselves for some turns; what you say ends that',
    options: [
      {
        name: 'turns',
        description: `How many, 1 to 20; left out, ${TURNS}`,
        type: 'number',
        min: 1,
        max: 20,
      },
    ],
    allowed: 'player',
    async run(context, values) {
      const { record } = await sceneHere(context);
      const turns = wholeOf(values, 'turns') ?? TURNS;
      await context.engine.direction.goOn(context.place.scene, turns);
      // In a theatre it goes on by itself after these.
      await context.reply(
        record.preset === 'theatre'
          ? 'The cast goes on. /hold or a line of yours ends it.'
          : say('The cast goes on for {{count}} turns. /hold or a line of yours ends it.', { count: turns }),
      );
    },
  },
};
