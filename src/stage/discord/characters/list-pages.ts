import {
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
} from 'discord.js';
import { type CardPage, pageOfCards } from '../../../engine/cards/card-pages.ts';
import type { CommandAction, CommandValues } from '../../../engine/command/command.ts';
import { textOf, wholeOf } from '../../../engine/command/read-values.ts';
import { button } from '../card/scene-card.ts';
import { anew, inPlace, type Row } from '../interactions/answering.ts';
import { carriedBy, LONGEST_ID } from '../interactions/carried-ids.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { CARD_IDS } from './part-ids.ts';

/** `/character list` with buttons for its other pages. */
export async function listCards(
  asked: ChatInputCommandInteraction<'cached'>,
  runner: CommandRunner,
): Promise<void> {
  const find = asked.options.getString('find') ?? undefined;
  const page = asked.options.getNumber('page') ?? undefined;
  const { action, rows } = paged(runner.actionOf('character', 'list'));
  await runner.run(asked, 'character list', action, { find, page }, anew(asked, rows));
}

/** Another page in the place of the one before; whether it was such a button. */
export async function pressListPage(
  asked: ButtonInteraction<'cached'>,
  runner: CommandRunner,
): Promise<boolean> {
  const [, page, find] = /^(\d{1,5}):(.*)$/su.exec(carriedBy(CARD_IDS.list, asked.customId) ?? '') ?? [];
  if (page === undefined || find === undefined) return false;
  const { action, rows } = paged(runner.actionOf('character', 'list'));
  const values: CommandValues = { find: find || undefined, page: Number(page) };
  await runner.run(asked, 'character list', action, values, inPlace(asked, rows));
  return true;
}

/** The same action, and buttons for the pages beside the one that it shows. */
function paged(action: CommandAction): {
  readonly action: CommandAction;
  readonly rows: () => readonly Row[];
} {
  let rows: readonly Row[] = [];
  return {
    rows: () => rows,
    action: {
      ...action,
      async run(context, values) {
        await action.run(context, values);
        const find = textOf(values, 'find');
        rows = pageRows(pageOfCards(context.library, find, wholeOf(values, 'page')), find);
      },
    },
  };
}

function pageRows({ page, pages }: CardPage, find = ''): readonly Row[] {
  const to = (wanted: number, label: string) =>
    wanted >= 1 && wanted <= pages
      ? [button(`${CARD_IDS.list}${wanted}:${find}`, label, ButtonStyle.Secondary)]
      : [];
  const buttons = [...to(page - 1, '◀'), ...to(page + 1, '▶')].filter(
    ({ custom_id }) => custom_id.length <= LONGEST_ID,
  );
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
}
