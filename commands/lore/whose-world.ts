import type { World } from '../../src/cast/lore/world.ts';
import { isTheirs } from '../../src/engine/cards/whose-card.ts';
import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandContext } from '../../src/engine/command/command.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';

/**
 * What is in a world may be what players are to find out: who brought it reads it, and moderators do.
 * @throws PlayerError where somebody else brought it
 */
export function checkOpen(context: CommandContext, world: World): void {
  if (isTheirs(world, askerOf(context.who))) return;
  throw new PlayerError(
    say('What is in {{name}} is for whoever brought it, and for moderators.', {
      name: asShown(context, world.name),
    }),
  );
}
