import type { Character } from '../../src/cast/character.ts';
import type { Desk } from '../../src/engine/cards/cards-api.ts';
import { checkTheirs, isOwn, isTheirs } from '../../src/engine/cards/whose-card.ts';
import { askerOf } from '../../src/engine/command/asker.ts';
import type {
  CommandContext,
  CommandOption,
  CommandValues,
  CompletionContext,
} from '../../src/engine/command/command.ts';
import { beginningWith, characterChoices, findCharacter } from '../../src/engine/command/find-character.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import { escapeDiscord } from '../../src/format/render-discord.ts';

/** Where whoever uses a command works on cards. */
export function deskOf({ place, who }: CommandContext): Desk {
  return {
    ...(place.server === undefined ? {} : { server: place.server }),
    by: askerOf(who),
  };
}

/** One of all that can be summoned here. */
export function anyCharacter(description: string): CommandOption {
  return {
    name: 'name',
    description,
    type: 'text',
    required: true,
    max: 100,
    complete: async ({ library }, partial) =>
      characterChoices(library.find(partial, 25), library.characters()),
  };
}

/** One of those that may be changed by whoever asks. */
export function ownCharacter(description: string): CommandOption {
  return {
    ...anyCharacter(description),
    complete: async (context, partial) =>
      characterChoices(beginningWith(partial, theirs(context)).slice(0, 25), context.library.characters()),
  };
}

function theirs({ library, place, who }: CompletionContext): readonly Character[] {
  const asker = askerOf(who);
  return library.characters().filter((one) => isOwn(one, place.server) && isTheirs(one, asker));
}

/** @throws PlayerError where nobody is called so */
export async function namedCharacter({ library }: CommandContext, values: CommandValues): Promise<Character> {
  await library.refresh();
  return findCharacter(wordsOf(values, 'name'), library.characters());
}

/** @throws PlayerError where nobody is called so, or the card is none of theirs */
export async function namedOwnCharacter(context: CommandContext, values: CommandValues): Promise<Character> {
  const found = await namedCharacter(context, values);
  checkTheirs(found, context.place.server, askerOf(context.who));
  return found;
}

/** Text of a card as it is shown where a command was used: Discord formats nothing of it. */
export function asShown({ place }: Pick<CommandContext, 'place'>, text: string, longest = 2000): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
  return place.stage === 'discord' ? escapeDiscord(short) : short;
}
