import type { CommandAction } from '../../src/engine/command/command.ts';
import { say } from '../../src/words/text.ts';
import { asShown, deskOf, namedOwnCharacter, ownCharacter } from './own-cards.ts';

/** On Discord a button asks (`stage/discord/characters`). */
export const deleting: CommandAction = {
  description: 'Delete a character that you brought here; asks once',
  options: [ownCharacter('Who'), { name: 'sure', description: 'Delete it for good', type: 'flag' }],
  allowed: 'creator',
  async run(context, values) {
    const character = await namedOwnCharacter(context, values);
    const name = asShown(context, character.name);
    if (values['sure'] !== true) {
      await context.reply(
        say(
          'Delete {{name}} for good? Scenes go on without them. /character export keeps the card; /character delete {{name}} sure: yes deletes it.',
          { name },
        ),
      );
      return;
    }
    await context.engine.cards.remove(deskOf(context), character.id);
    await context.reply(say('{{name}} is deleted.', { name }));
  },
};
