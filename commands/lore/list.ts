import type { World } from '../../src/cast/lore/world.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { castOf } from '../../src/engine/command/scene-here.ts';
import { PlayerError } from '../../src/errors.ts';
import { joined, type Message, say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';

const MOST = 25;

export const list: CommandAction = {
  description: 'The worlds that can be in play here, and which are',
  options: [],
  allowed: 'anyone',
  async run(context) {
    const { library, reply } = context;
    await library.refresh();
    const worlds = library.worlds();
    if (worlds.length === 0) {
      throw new PlayerError(
        'No world is here yet: /lore import brings a lorebook. The cards’ own books are in play.',
      );
    }
    const players = await playersOf(context);
    const more = worlds.length - MOST;
    await reply([
      ...worlds.slice(0, MOST).map((world) => lineOf(world, players, context)),
      ...(more > 0 ? [say('… and {{more}} more.', { more })] : []),
    ]);
  },
};

/** Where each world is in play: here as a whole, or for some of the cast alone. */
async function playersOf({ engine, place }: CommandContext) {
  const here = (await engine.settings.rules(place)).worlds;
  const cast = castOf(await engine.info(place.scene));
  const own = await Promise.all(
    cast.map(async ({ id, name }) => ({ name, worlds: (await engine.settings.rules(place, id)).worlds })),
  );
  return { here, own };
}

function lineOf(
  { id, name, book }: World,
  { here, own }: Awaited<ReturnType<typeof playersOf>>,
  context: CommandContext,
): Message {
  const knowing = own.filter(({ worlds }) => worlds.includes(id)).map((one) => asShown(context, one.name));
  const isForAll = here.includes(id) && knowing.length === own.length;
  const state = isForAll
    ? [say('in play here')]
    : knowing.length > 0
      ? [say('in play for {{names}}', { names: knowing })]
      : [];
  const facts = [say('{{count}} entries', { count: book.entries.length }), ...state];
  return say('• {{name}} ({{id}}): {{facts}}', {
    name: asShown(context, name, 80),
    id,
    facts: joined(facts, ', '),
  });
}
