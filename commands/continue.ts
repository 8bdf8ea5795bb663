import type { Command } from '../src/engine/command/command.ts';
import { wholeOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';

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
      const long = record.preset === 'theatre' ? '' : turns === 1 ? ' for a turn' : ` for ${turns} turns`;
      await context.reply(`The cast goes on${long}. /hold or a line of yours ends it.`);
    },
  },
};
