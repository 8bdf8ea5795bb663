import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  RepliableInteraction,
} from 'discord.js';
import { TOO_MUCH } from '../../../engine/access/block-words.ts';
import { type Choice, type CommandOption, checkAction } from '../../../engine/command/command.ts';
import { PlayerError } from '../../../errors.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';
import { inviteLink } from '../access/permissions.ts';
import { type PressOptions, pressButton } from '../card/press-button.ts';
import { createCharacters } from '../characters/characters.ts';
import { nameOf } from '../gateway/background.ts';
import { createSetup } from '../setup/setup.ts';
import { askForAnswer } from './answer-line.ts';
import { EPHEMERAL } from './answering.ts';
import { MOST_CHOICES } from './command-json.ts';
import { explainFailure } from './explain-failure.ts';
import { placeOf, type ServerInteraction, valuesOf, whoOf } from './interaction-facts.ts';
import { deedCalled } from './line-commands.ts';
import type { LineOptions } from './line-deeds.ts';
import { doToLine } from './line-menu.ts';
import { asksForKey, openKeyForm } from './model-key-form.ts';
import { chooseInMenu } from './more-menu.ts';
import { submitForm } from './submit-form.ts';
import { lacksWhisper, openWhisperForm } from './whisper-form.ts';

export type InteractionOptions = PressOptions &
  LineOptions & {
    readonly now: () => number;
    readonly signal: AbortSignal;
  };

/** Answers slash commands, suggestions, buttons, forms and menus. What it returns never throws. */
export function createInteractions(options: InteractionOptions): (interaction: Interaction) => Promise<void> {
  const { engine, owners, runner, signal, log } = options;
  const setup = createSetup({ engine, runner, now: options.now });
  const characters = createCharacters(options);

  /** Who asks for too much at once is told so, and nothing else happens. Returns whether that is so. */
  async function tooMuch(asked: RepliableInteraction): Promise<boolean> {
    const place = placeOf(asked);
    const who = whoOf(asked, owners);
    const counted = await engine.access.act(place.server, who);
    if (counted === 'fine') return false;
    const { refusal } = await engine.access.standing(place, who);
    const text = counted === 'held-off' && refusal ? refusal : TOO_MUCH;
    await asked.reply({ ...EPHEMERAL, content: render(text, who.locale) });
    return true;
  }

  async function slash(asked: ChatInputCommandInteraction): Promise<void> {
    if (asked.inCachedGuild() && lacksWhisper(asked)) return openWhisperForm(asked, options);
    if (asked.inCachedGuild() && asksForKey(asked)) return openKeyForm(asked, options);
    if (asked.inCachedGuild() && asked.commandName === 'setup') return setup.begin(asked);
    if (asked.inCachedGuild() && (await characters.begin(asked))) return;
    const sub = asked.options.getSubcommand(false);
    const label = sub === null ? asked.commandName : `${asked.commandName} ${sub}`;
    const action = runner.actionOf(asked.commandName, sub);
    await runner.run(asked, label, action, () => valuesOf(asked, action, signal));
  }

  /** Typing is not counted; who may not use the command is suggested nothing. */
  async function complete(asked: AutocompleteInteraction): Promise<void> {
    const action = runner.actionOf(asked.commandName, asked.options.getSubcommand(false));
    const { name, value } = asked.options.getFocused(true);
    const option = action.options.find((one) => one.name === name);
    const asker = { engine, place: placeOf(asked), who: whoOf(asked, owners) };
    const { moderator, creator } = await checkAction(action, asker);
    const context = {
      ...asker,
      library: await engine.cards.library(asker.place.server),
      who: { ...asker.who, moderator, creator },
      typed: Object.fromEntries(action.options.map((one) => [one.name, asked.options.get(one.name)?.value])),
    };
    const choices = (await option?.complete?.(context, String(value))) ?? choicesWith(String(value), option);
    const short = choices.slice(0, MOST_CHOICES).map((choice) => ({
      name: choice.name.slice(0, 100),
      value: choice.value.slice(0, 100),
    }));
    await asked.respond(short);
  }

  function choicesWith(typed: string, option: CommandOption | undefined): readonly Choice[] {
    const wanted = typed.trim().toLowerCase();
    return (option?.choices ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  }

  async function fromLine(asked: MessageContextMenuCommandInteraction<'cached'>): Promise<void> {
    const deed = deedCalled(asked.commandName);
    if (deed) await doToLine(asked, deed, asked.targetId, options);
    else await askForAnswer(asked, options);
  }

  async function dispatch(interaction: Interaction): Promise<void> {
    if (interaction.isRepliable() && (await tooMuch(interaction))) return;
    if (!interaction.inGuild() && interaction.isChatInputCommand()) await slash(interaction);
    else if (!interaction.inGuild() && interaction.isAutocomplete()) await complete(interaction);
    else if (!interaction.inCachedGuild()) {
      // Commands may be added to a server without their bot, and stay when it is removed.
      const words = interaction.inGuild()
        ? say('I am not in this server myself. Who manages it can invite me: {{link}}', {
            link: inviteLink(interaction.applicationId),
          })
        : say('Scenes are played in a server: use me in one of its channels.');
      const content = render(words, localeFor(interaction.locale));
      if (interaction.isRepliable()) await interaction.reply({ ...EPHEMERAL, content });
      else if (interaction.isAutocomplete()) await interaction.respond([]);
    } else if (interaction.isChatInputCommand()) await slash(interaction);
    else if (interaction.isAutocomplete()) await complete(interaction);
    else if (isUsed(interaction) && (await setup.use(interaction))) return;
    else if (isUsed(interaction) && (await characters.use(interaction))) return;
    else if (interaction.isButton()) await pressButton(interaction, options);
    else if (interaction.isStringSelectMenu()) await chooseInMenu(interaction, options);
    else if (interaction.isModalSubmit()) await submitForm(interaction, options);
    else if (interaction.isMessageContextMenuCommand()) await fromLine(interaction);
  }

  async function apologise(interaction: Interaction, error: unknown): Promise<void> {
    try {
      if (interaction.isAutocomplete()) {
        if (!(error instanceof PlayerError)) log.warn('suggestions-failed', { error: nameOf(error) });
        await interaction.respond([]);
      } else if (interaction.isRepliable()) {
        const content = explainFailure(error, 'interaction', log, localeFor(interaction.locale));
        if (interaction.deferred) await interaction.editReply(content);
        else if (!interaction.replied) await interaction.reply({ ...EPHEMERAL, content });
      }
    } catch (late) {
      // Discord waits three seconds, and then no longer.
      log.warn('interaction-unanswered', { error: nameOf(late) });
    }
  }

  return async (interaction) => {
    try {
      await dispatch(interaction);
    } catch (error) {
      await apologise(interaction, error);
    }
  };
}

/** Something that stands in a message was used, or a form. */
function isUsed(interaction: ServerInteraction) {
  return interaction.isButton() || interaction.isAnySelectMenu() || interaction.isModalSubmit();
}
