import {
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { CommandAction, CommandValues } from '../../../engine/command/command.ts';
import { sceneHere } from '../../../engine/command/scene-here.ts';
import type { Whereabouts } from '../../../engine/ledger/ledger-api.ts';
import { PlayerError } from '../../../errors.ts';
import { type ActorId, characterActorId, MAIN_PLACE } from '../../../scene/beat.ts';
import { type Locale, localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';
import { BUTTONS } from '../card/buttons.ts';
import { button } from '../card/scene-card.ts';
import { EPHEMERAL, inPlace, type Pressed, type Row } from './answering.ts';
import { carriedBy } from './carried-ids.ts';
import type { CommandRunner } from './command-runner.ts';
import { isDeed, LINE_DEEDS } from './line-commands.ts';
import { type LineOptions, peeking } from './line-deeds.ts';
import { doToLine } from './line-menu.ts';

/** How many turns the cast goes on for. */
const LET_THEM_TURNS = 3;
const NARRATOR = 'Narrator';
/** So many can be chosen from in one menu. */
const MOST_CHOICES = 25;

const MENU = `${BUTTONS.moreMenu}:`;

/** ⋯ under a line: what the scene should do next, and what can be done with that line. */
export async function openMoreMenu(asked: ButtonInteraction<'cached'>, runner: CommandRunner): Promise<void> {
  // What is offered asks for more each; whoever may play may look at what there is.
  await runner.check(asked, peeking(asked.message.id));
  const locale = localeFor(asked.locale);
  await asked.reply({
    ...EPHEMERAL,
    content: render('Who is next, or what about this line?', locale),
    components: [directing(locale), doing(asked.message.id, locale)],
  });
}

function directing(locale: Locale): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      button(BUTTONS.letThem, render('Let them', locale), ButtonStyle.Primary),
      button(BUTTONS.someoneElse, render('Someone else…', locale), ButtonStyle.Secondary),
      button(BUTTONS.narrator, render('Narrator', locale), ButtonStyle.Secondary),
      button(BUTTONS.hold, render('Hold', locale), ButtonStyle.Secondary),
    ],
  };
}

function doing(message: string, locale: Locale): Row {
  return menu(
    MENU + message,
    render('This line…', locale),
    Object.entries(LINE_DEEDS).map(([value, label]) => ({ label: render(say(label), locale), value })),
  );
}

function menu(custom_id: string, placeholder: string, options: readonly Choice[]): Row {
  const select = { type: ComponentType.StringSelect, custom_id, placeholder } as const;
  return { type: ComponentType.ActionRow, components: [{ ...select, options: [...options] }] };
}

type Choice = { readonly label: string; readonly value: string };

/** A button of that menu; whether it was one. */
export async function pressMoreMenu(
  asked: ButtonInteraction<'cached'>,
  runner: CommandRunner,
): Promise<boolean> {
  switch (asked.customId) {
    case BUTTONS.letThem:
      await command(asked, runner, 'continue', { turns: LET_THEM_TURNS });
      return true;
    case BUTTONS.narrator:
      await command(asked, runner, 'next', { name: NARRATOR });
      return true;
    case BUTTONS.hold:
      await command(asked, runner, 'hold');
      return true;
    case BUTTONS.someoneElse:
      await offerSomeone(asked, runner);
      return true;
    default:
      return false;
  }
}

/** A choice in one of its menus. */
export async function chooseInMenu(
  asked: StringSelectMenuInteraction<'cached'>,
  options: LineOptions,
): Promise<void> {
  const [chosen = ''] = asked.values;
  const message = carriedBy(MENU, asked.customId);
  if (message !== undefined && isDeed(chosen)) await doToLine(asked, chosen, message, options);
  else if (asked.customId === BUTTONS.someoneMenu) {
    await command(asked, options.runner, 'next', { name: chosen });
  } else throw new PlayerError('This menu no longer does anything.');
}

async function command(
  asked: Pressed,
  runner: CommandRunner,
  name: string,
  values: CommandValues = {},
): Promise<void> {
  await runner.run(asked, name, runner.actionOf(name, null), values, inPlace(asked));
}

async function offerSomeone(asked: ButtonInteraction<'cached'>, runner: CommandRunner): Promise<void> {
  const choices: Choice[] = [];
  await runner.run(
    asked,
    'next',
    offering(choices),
    {},
    inPlace(asked, () => [
      menu(BUTTONS.someoneMenu, render('Who takes a turn?', localeFor(asked.locale)), choices),
    ]),
  );
}

/** Fills in who is where it was pressed. */
function offering(choices: Choice[]): CommandAction {
  return {
    description: 'Someone else',
    options: [],
    allowed: 'player',
    async run(context) {
      const { engine, place, who, reply } = context;
      const { cast } = await sceneHere(context);
      const here = awakeIn(await engine.ledger.map(place.scene), place.scene);
      const characters = cast
        .filter(({ character }) => here.has(characterActorId(character.id)))
        .map(({ character: { id, name } }) => ({ label: name.slice(0, 100), value: id }));
      choices.push(...characters.slice(0, MOST_CHOICES - 1), {
        label: render('Narrator', who.locale),
        value: NARRATOR,
      });
      await reply('Who takes a turn?');
    },
  };
}

/** Who can take a turn in a room, or else in the main place. */
function awakeIn(map: readonly Whereabouts[], place: string): ReadonlySet<ActorId> {
  const where = map.find((one) => one.place === place) ?? map.find((one) => one.place === MAIN_PLACE);
  const awake = (where?.people ?? []).filter(({ condition }) => condition !== 'asleep');
  return new Set(awake.map(({ actor }) => actor.id));
}
