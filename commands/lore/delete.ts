import type { CommandAction } from '../../src/engine/command/command.ts';
import { say } from '../../src/words/text.ts';
import { asShown, deskOf } from '../character/own-cards.ts';
import { namedWorld, worldOption } from './world-option.ts';

export const deleting: CommandAction = {
  description: 'Delete a world that you brought here; asks once',
  options: [worldOption('Which world'), { name: 'sure', description: 'Delete it for good', type: 'flag' }],
  allowed: 'creator',
  async run(context, values) {
    const world = await namedWorld(context, values);
    const name = asShown(context, world.name);
    if (values['sure'] !== true) {
      await context.reply(
        say(
          'Delete {{name}} for good? Nobody knows of it then. /lore export keeps it; /lore delete {{name}} sure: yes deletes it.',
          { name },
        ),
      );
      return;
    }
    await context.engine.cards.removeWorld(deskOf(context), world.id);
    await context.reply(say('{{name}} is deleted.', { name }));
  },
};
