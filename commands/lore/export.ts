import { worldToSillyTavern, worldToV3 } from '../../src/cast/lore/write-world.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { checkOpen } from './whose-world.ts';
import { namedWorld, worldOption } from './world-option.ts';

export const exporting: CommandAction = {
  description: 'Take a world home as a file, with every field it came with',
  options: [
    worldOption('Which world'),
    {
      name: 'as',
      description: 'What kind of file; left out, Character Card V3',
      type: 'text',
      choices: [
        { value: 'v3', name: 'a lorebook of Character Card V3' },
        { value: 'sillytavern', name: 'a world info file of SillyTavern' },
      ],
    },
  ],
  allowed: 'creator',
  async run(context, values) {
    const { replyFiles } = context;
    if (!replyFiles) {
      throw new PlayerError(
        'No files can be handed over here: Discord, the local page and the terminal can.',
      );
    }
    const world = await namedWorld(context, values);
    checkOpen(context, world);
    const file = textOf(values, 'as') === 'sillytavern' ? worldToSillyTavern(world) : worldToV3(world);
    await replyFiles(
      say('{{name}}, with every field it came with. /lore import takes it, here or in another server.', {
        name: asShown(context, world.name),
      }),
      [{ name: `${world.id}.json`, content: `${JSON.stringify(file, null, 2)}\n` }],
    );
  },
};
