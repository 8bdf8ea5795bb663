import { askerOf } from '../src/engine/command/asker.ts';
import { beatOption, chosenBeat } from '../src/engine/command/beat-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

export const edit: Command = {
  name: 'edit',
  description: 'Change what a character said',
  action: {
    description: 'Change what a character said, for everyone and in every memory of it',
    options: [
      beatOption('Which line', { required: true, lines: true }),
      {
        name: 'text',
        description: 'How it reads from now on; *asterisks* make an action of it',
        type: 'text',
        required: true,
        max: 4000,
      },
    ],
    allowed: 'owner',
    async run(context, values) {
      await sceneHere(context);
      const n = chosenBeat(values);
      const { engine, place, who } = context;
      await engine.past.reword(place.scene, n, wordsOf(values, 'text'), askerOf(who));
      await context.reply(
        say('#{{n}} reads so from now on. What the character thought then, it still thought.', { n }),
      );
    },
  },
};
