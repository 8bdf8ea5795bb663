import { broughtWords } from '../../src/engine/cards/brought-words.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { fileOf } from '../../src/engine/command/read-values.ts';
import { say } from '../../src/words/text.ts';
import { asShown, deskOf } from '../character/own-cards.ts';

export const importing: CommandAction = {
  description: 'Bring a world from a lorebook file: SillyTavern, RisuAI, Character Card V3',
  options: [{ name: 'file', description: 'A lorebook, JSON', type: 'upload', required: true }],
  allowed: 'creator',
  async run(context, values) {
    const { name, bytes } = fileOf(values, 'file');
    const brought = await context.engine.cards.bring(deskOf(context), name, bytes);
    const [world] = brought.worlds;
    await context.reply([
      ...broughtWords(brought, (text) => asShown(context, text)),
      ...(world
        ? [say('/lore use world: {{name}} puts it in play.', { name: asShown(context, world.name) })]
        : []),
    ]);
  },
};
