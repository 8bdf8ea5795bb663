import type { Character } from '../../src/cast/character.ts';
import { pageOfCards } from '../../src/engine/cards/card-pages.ts';
import { isForAdults } from '../../src/engine/cards/for-adults.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf, wholeOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { joined, type Message, say, type Text } from '../../src/words/text.ts';
import { asShown } from './own-cards.ts';

export const list: CommandAction = {
  description: 'Who can be summoned here, and where each comes from',
  options: [
    { name: 'find', description: 'Part of a name', type: 'text', max: 100 },
    { name: 'page', description: 'Which page', type: 'number', min: 1, max: 10_000 },
  ],
  allowed: 'anyone',
  async run(context, values) {
    const { library, reply } = context;
    await library.refresh();
    const find = textOf(values, 'find');
    const { shown, count, page, pages } = pageOfCards(library, find, wholeOf(values, 'page'));
    if (count === 0) {
      throw new PlayerError(
        find === undefined
          ? 'Nobody is here yet: /character create or /character import brings somebody.'
          : say('Nobody here is called “{{name}}”.', { name: find }),
      );
    }
    await reply([...shown.map((one) => lineOf(one, context)), ...pageWords(page, pages, count, find)]);
  },
};

function lineOf(character: Character, context: CommandContext): Message {
  const adult = isForAdults(character) ? [say('for adults')] : [];
  return say('• {{name}}: {{about}}', {
    name: asShown(context, character.name, 80),
    about: joined([sourceWords(character, context), ...adult], ', '),
  });
}

/** Where a character comes from, and who brought it. */
export function sourceWords({ source, by }: Character, { place }: CommandContext): Message {
  if (source === 'shipped') return say('came with the bot');
  if (source === 'own') return say('the operator’s');
  return by === undefined || place.stage !== 'discord'
    ? say('this server’s own')
    : say('brought by {{person}}', { person: `<@${by}>` });
}

function pageWords(page: number, pages: number, count: number, find: string | undefined): readonly Text[] {
  if (pages === 1) return [];
  const where = say('{{count}} characters, page {{page}} of {{pages}}.', { count, page, pages });
  if (page === pages) return [where];
  const next = find === undefined ? `page: ${page + 1}` : `find: ${find} page: ${page + 1}`;
  return [joined([where, say('/character list {{next}} goes on.', { next })])];
}
