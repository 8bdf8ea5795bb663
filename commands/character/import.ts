import { broughtWords } from '../../src/engine/cards/brought-words.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { fileOf } from '../../src/engine/command/read-values.ts';
import { asShown, deskOf } from './own-cards.ts';

/** On Discord a screen with pictures answers in its place (`stage/discord/characters`). */
export const importing: CommandAction = {
  description: 'Bring characters from a file: PNG, JSON, CharX, YAML; also a lorebook',
  options: [
    { name: 'file', description: 'A card of any kind, or a lorebook', type: 'upload', required: true },
  ],
  allowed: 'creator',
  async run(context, values) {
    const { name, bytes } = fileOf(values, 'file');
    const brought = await context.engine.cards.bring(deskOf(context), name, bytes);
    await context.reply(broughtWords(brought, (text) => asShown(context, text)));
  },
};
