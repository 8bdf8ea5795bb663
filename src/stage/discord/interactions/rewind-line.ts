import { type ButtonInteraction, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { BUTTONS } from '../card/buttons.ts';
import { button } from '../card/scene-card.ts';
import { inPlace, type Row } from './answering.ts';
import { carriedBy } from './carried-ids.ts';
import type { CommandRunner } from './command-runner.ts';
import { onLine } from './line-deeds.ts';

const REWIND = `${BUTTONS.confirm}rewind:`;
const REWIND_AND_ERASE = `${BUTTONS.confirm}erase:`;

/** Under the question whether to go back to the line in this message. */
export function rewindRow(message: string, locale: Locale): Row[] {
  const components = [
    button(REWIND + message, render('Rewind', locale), ButtonStyle.Primary),
    button(REWIND_AND_ERASE + message, render('Rewind and delete the messages', locale), ButtonStyle.Danger),
  ];
  return [{ type: ComponentType.ActionRow, components }];
}

/** Goes back, where this is a button of that question. */
export async function pressRewind(
  asked: ButtonInteraction<'cached'>,
  runner: CommandRunner,
): Promise<boolean> {
  const kept = carriedBy(REWIND, asked.customId);
  const message = kept ?? carriedBy(REWIND_AND_ERASE, asked.customId);
  if (message === undefined) return false;
  const erase = kept === undefined;
  const action = onLine(runner, message, 'rewind', (to) => ({ to, ...(erase ? { erase } : {}) }));
  await runner.run(asked, 'rewind', action, {}, inPlace(asked));
  return true;
}
