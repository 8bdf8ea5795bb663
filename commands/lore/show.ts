import type { LoreEntry } from '../../src/cast/lore/lore.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { wholeOf } from '../../src/engine/command/read-values.ts';
import { joined, type Message, say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { checkOpen } from './whose-world.ts';
import { namedWorld, worldOption } from './world-option.ts';

const A_PAGE = 15;
const MOST_KEYS = 6;

export const show: CommandAction = {
  description: 'The entries of a world: their names, and what calls each up',
  options: [
    worldOption('Which world'),
    { name: 'page', description: 'Which page', type: 'number', min: 1, max: 10_000 },
  ],
  allowed: 'creator',
  async run(context, values) {
    const world = await namedWorld(context, values);
    checkOpen(context, world);
    const { entries } = world.book;
    const pages = Math.max(1, Math.ceil(entries.length / A_PAGE));
    const page = Math.min(wholeOf(values, 'page') ?? 1, pages);
    await context.reply([
      say('{{name}} ({{id}}): {{facts}}', {
        name: asShown(context, world.name),
        id: world.id,
        facts: say('{{count}} entries', { count: entries.length }),
      }),
      ...entries.slice((page - 1) * A_PAGE, page * A_PAGE).map((entry) => lineOf(entry, context)),
      ...(pages > 1 ? [say('Page {{page}} of {{pages}}.', { page, pages })] : []),
    ]);
  },
};

function lineOf(entry: LoreEntry, context: CommandContext): Message {
  return say('• {{name}}: {{facts}}', {
    name: asShown(context, entry.name, 60),
    facts: joined(factsOf(entry, context), ', '),
  });
}

function factsOf({ enabled, constant, keys, only }: LoreEntry, context: CommandContext): Message[] {
  const more = keys.length - MOST_KEYS;
  const named = keys.slice(0, MOST_KEYS).map((key) => say('“{{key}}”', { key: asShown(context, key, 40) }));
  const called = [...named, ...(more > 0 ? [say('{{count}} more', { count: more })] : [])];
  return [
    ...(enabled ? [] : [say('switched off')]),
    ...(constant ? [say('needs no key')] : called.length > 0 ? called : [say('has no key')]),
    ...(only ? [say('for some alone')] : []),
  ];
}
