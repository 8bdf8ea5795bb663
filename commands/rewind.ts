import { beatOption, chosenBeat } from '../src/engine/command/beat-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

export const rewind: Command = {
  name: 'rewind',
  description: 'Go back to an earlier moment of the scene',
  action: {
    description: 'Go back to an earlier moment: what came after it happened to nobody',
    options: [
      beatOption('The last beat that counts', { name: 'to', required: true }),
      { name: 'erase', description: 'Also take the messages away that came after it', type: 'flag' },
    ],
    allowed: 'owner',
    async run(context, values) {
      await sceneHere(context);
      const n = chosenBeat(values, 'to');
      const left = await context.engine.past.rewind(context.place.scene, n, values['erase'] === true);
      await context.reply(
        say('The scene goes on from #{{n}}. {{count}} beats were left behind, and nobody remembers.', {
          n,
          count: left,
        }),
      );
    },
  },
};
