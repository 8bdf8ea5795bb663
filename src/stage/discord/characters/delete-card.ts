import {
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
} from 'discord.js';
import { checkTheirs } from '../../../engine/cards/whose-card.ts';
import { findCharacter } from '../../../engine/command/find-character.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';
import { button } from '../card/scene-card.ts';
import { EPHEMERAL, inPlace } from '../interactions/answering.ts';
import { carriedBy, LONGEST_ID } from '../interactions/carried-ids.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { deskOf } from './desk-of.ts';
import { CARD_IDS } from './part-ids.ts';

type Options = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly owners: readonly string[];
};

/**
 * Asks whether a card is to go for good; whether it could ask.
 * @throws PlayerError where there is none of that name, or it is none of theirs
 */
export async function askWhetherToDelete(
  asked: ChatInputCommandInteraction<'cached'>,
  options: Options,
): Promise<boolean> {
  const desk = await deskOf(asked, options.runner.actionOf('character', 'delete'), options);
  const library = await options.engine.cards.library(desk.server);
  const character = findCharacter(asked.options.getString('name', true), library.characters());
  checkTheirs(character, desk.server, desk.by);
  const id = CARD_IDS.delete + character.id;
  if (id.length > LONGEST_ID) return false;
  const locale = localeFor(asked.locale);
  const sure = button(id, render(say('Delete for good'), locale), ButtonStyle.Danger);
  await asked.reply({
    ...EPHEMERAL,
    content: render(
      say('Delete {{name}} for good? Scenes go on without them. /character export keeps the card.', {
        name: escapeDiscord(character.name),
      }),
      locale,
    ),
    components: [{ type: ComponentType.ActionRow, components: [sure] }],
  });
  return true;
}

/** Whoever presses is checked anew, as if they used the command; whether it was that button. */
export async function pressDelete(
  asked: ButtonInteraction<'cached'>,
  { runner }: Pick<Options, 'runner'>,
): Promise<boolean> {
  const id = carriedBy(CARD_IDS.delete, asked.customId);
  if (id === undefined) return false;
  const action = runner.actionOf('character', 'delete');
  await runner.run(asked, 'character delete', action, { name: id, sure: true }, inPlace(asked));
  return true;
}
