import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import { say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { dimensionWords } from './dimension-words.ts';

export const add: CommandAction = {
  description: 'Ask something of the lines here, in plain words',
  options: [
    {
      name: 'words',
      description: 'Such as: keep her proud; or: never let the butler swear',
      type: 'text',
      required: true,
      max: 300,
    },
  ],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, place, who, reply } = context;
    const added = await engine.principles.add(place.server, wordsOf(values, 'words'), askerOf(who));
    const shown = { name: asShown(context, added.name), dimension: dimensionWords(added.dimension) };
    await reply([
      added.sign === 'negative'
        ? say('“{{name}}” holds here now ({{dimension}}): a version of a line that breaks it loses.', shown)
        : say('“{{name}}” holds here now ({{dimension}}): it is weighed with the others.', shown),
      'It counts where a judge compares versions of a line: with the setting bestOf at 2 or more.',
    ]);
  },
};
