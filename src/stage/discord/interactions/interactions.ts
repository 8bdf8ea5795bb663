import type { AutocompleteInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import type { Library } from '../../../cast/library/library-api.ts';
import type { Log } from '../../../log.ts';
import { inviteLink } from '../access/permissions.ts';
import { type PressOptions, pressButton } from '../card/press-button.ts';
import { nameOf } from '../gateway/background.ts';
import { askForAnswer, submitAnswer } from './answer-line.ts';
import { EPHEMERAL } from './command-runner.ts';
import { explainFailure } from './explain-failure.ts';
import { placeOf, valuesOf, whoOf } from './interaction-facts.ts';

export type InteractionOptions = PressOptions & {
  readonly library: Library;
  readonly owners: readonly string[];
  readonly log: Log;
};

/** Answers slash commands, suggestions, buttons, forms and menus. What it returns never throws. */
export function createInteractions(options: InteractionOptions): (interaction: Interaction) => Promise<void> {
  const { engine, library, owners, documents, runner, log } = options;

  async function slash(asked: ChatInputCommandInteraction<'cached'>): Promise<void> {
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
    else if (interaction.isModalSubmit()) await submitAnswer(interaction, engine, runner);
    else if (interaction.isMessageContextMenuCommand()) await askForAnswer(interaction, documents);
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
