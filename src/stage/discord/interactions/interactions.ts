import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Library } from '../../../cast/library/library-api.ts';
import { inviteLink } from '../access/permissions.ts';
import { type PressOptions, pressButton } from '../card/press-button.ts';
import { nameOf } from '../gateway/background.ts';
import { askForAnswer } from './answer-line.ts';
import { EPHEMERAL } from './answering.ts';
import { explainFailure } from './explain-failure.ts';
import { placeOf, valuesOf, whoOf } from './interaction-facts.ts';
import { deedCalled } from './line-commands.ts';
import type { LineOptions } from './line-deeds.ts';
import { doToLine } from './line-menu.ts';
import { chooseInMenu } from './more-menu.ts';
import { submitForm } from './submit-form.ts';
import { lacksWhisper, openWhisperForm } from './whisper-form.ts';

export type InteractionOptions = PressOptions & LineOptions & { readonly library: Library };

/** Answers slash commands, suggestions, buttons, forms and menus. What it returns never throws. */
export function createInteractions(options: InteractionOptions): (interaction: Interaction) => Promise<void> {
  const { engine, library, owners, runner, log } = options;

  async function slash(asked: ChatInputCommandInteraction<'cached'>): Promise<void> {
    if (lacksWhisper(asked)) return openWhisperForm(asked, engine);
    const sub = asked.options.getSubcommand(false);
    const label = sub === null ? asked.commandName : `${asked.commandName} ${sub}`;
    const action = runner.actionOf(asked.commandName, sub);
    await runner.run(asked, label, action, valuesOf(asked, action));
  }

  async function complete(asked: AutocompleteInteraction<'cached'>): Promise<void> {
    const action = runner.actionOf(asked.commandName, asked.options.getSubcommand(false));
    const { name, value } = asked.options.getFocused(true);
    const option = action.options.find((one) => one.name === name);
    const context = { engine, library, place: placeOf(asked), who: whoOf(asked, owners) };
    const choices = (await option?.complete?.(context, String(value))) ?? [];
    const short = choices.slice(0, 25).map((choice) => ({
      name: choice.name.slice(0, 100),
      value: choice.value.slice(0, 100),
    }));
    await asked.respond(short);
  }

  async function fromLine(asked: MessageContextMenuCommandInteraction<'cached'>): Promise<void> {
    const deed = deedCalled(asked.commandName);
    if (deed) await doToLine(asked, deed, asked.targetId, options);
    else await askForAnswer(asked, options);
  }

  async function dispatch(interaction: Interaction): Promise<void> {
    if (!interaction.inCachedGuild()) {
      // Commands may be added to a server without their bot, and stay when it is removed.
      const content = interaction.inGuild()
        ? `I am not in this server myself. Who manages it can invite me: ${inviteLink(interaction.applicationId)}`
        : 'Scenes are played in a server: use me in one of its channels.';
      if (interaction.isRepliable()) await interaction.reply({ ...EPHEMERAL, content });
      else if (interaction.isAutocomplete()) await interaction.respond([]);
    } else if (interaction.isChatInputCommand()) await slash(interaction);
    else if (interaction.isAutocomplete()) await complete(interaction);
    else if (interaction.isButton()) await pressButton(interaction, options);
    else if (interaction.isStringSelectMenu()) await chooseInMenu(interaction, options);
    else if (interaction.isModalSubmit()) await submitForm(interaction, options);
    else if (interaction.isMessageContextMenuCommand()) await fromLine(interaction);
  }

  async function apologise(interaction: Interaction, error: unknown): Promise<void> {
    try {
      if (interaction.isAutocomplete()) {
        log.warn('suggestions-failed', { error: nameOf(error) });
        await interaction.respond([]);
      } else if (interaction.isRepliable()) {
        const content = explainFailure(error, 'interaction', log);
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
