import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type REST,
  TextInputStyle,
} from 'discord.js';
import type { Library } from '../../cast/library-api.ts';
import {
  type Command,
  type CommandAction,
  type CommandContext,
  type CommandValues,
  runAction,
} from '../../engine/command.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { OperatorError, PlayerError } from '../../engine/errors.ts';
import type { Log } from '../../engine/log.ts';
import { unheard } from '../../engine/unheard.ts';
import { nameOf } from './background.ts';
import { answeredMessage, answerFormId, BUTTONS } from './buttons.ts';
import { ANSWER_COMMAND } from './command-json.ts';
import type { Documents } from './documents.ts';
import { explainFailure } from './explain-failure.ts';
import { placeOf, valuesOf, whoOf } from './interaction-facts.ts';
import { missingPermissions, missingPermissionsText } from './permissions.ts';
import type { RefusedChannels } from './refused-channels.ts';
import { button } from './scene-card.ts';
import { isQuiet, openSceneThread } from './scene-threads.ts';
import { splitMessage } from './split-message.ts';

export type Interactions = {
  /** Never throws. */
  handle(interaction: Interaction): Promise<void>;
  /** Tells one player alone, where a command of theirs is under way in that channel. */
  tell(channel: string, player: string, text: string): Promise<boolean>;
};

export type InteractionOptions = {
  readonly engine: Engine;
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly owners: readonly string[];
  readonly documents: Documents;
  readonly refused: RefusedChannels;
  readonly rest: REST;
  /** Resolves when the scene of a channel is in order after a start of the bot. */
  readonly awake: (channel: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
};

type Asked =
  | ChatInputCommandInteraction<'cached'>
  | ButtonInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>;

// These open a scene: what it will need is looked at first.
const OPENING = new Set(['scene start', 'scene demo']);
const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

/** Slash commands, buttons, forms and menus, answered to the one who used them alone. */
export function createInteractions(options: InteractionOptions): Interactions {
  const { engine, library, commands, owners, documents, refused, signal, log } = options;
  /** What is to be told to those whose command is under way, by channel and player. */
  const underWay = new Map<string, string[]>();

  function actionOf(command: string, action: string | null): CommandAction {
    const found = commands.find(({ name }) => name === command);
    const wanted = action === null ? found?.action : found?.actions?.[action];
    if (!wanted)
      throw new PlayerError('This command is no longer known. Reload Discord (Ctrl+R) and try again.');
    return wanted;
  }

  /** Runs an action for whoever asked: says at once that it is being worked on, then what came of it. */
  async function run(
    asked: Asked,
    label: string,
    action: CommandAction,
    values: CommandValues,
  ): Promise<boolean> {
    await asked.deferReply(EPHEMERAL);
    const key = `${asked.channelId}/${asked.user.id}`;
    const told: string[] = [];
    underWay.set(key, told);
    // The last words count, and they are said when it is known what came of it.
    let answer: string | undefined;
    async function reply(text: string): Promise<void> {
      answer = text;
    }
    try {
      await options.awake(asked.channelId ?? '');
      refused.retry(asked.channelId ?? '');
      const place = placeOf(asked);
      const context: CommandContext = {
        engine,
        library,
        place: OPENING.has(label) ? { ...place, quiet: await readyToOpen(asked) } : place,
        who: whoOf(asked, owners),
        signal,
        reply,
        openThread: (title) => openSceneThread(asked, title),
      };
      await runAction(action, context, values);
      const refusal = refused.why(asked.channelId ?? '');
      await finish(asked, refusal?.message ?? answer, told);
      return !refusal;
    } catch (error) {
      await finish(asked, explainFailure(error, label, log), told);
      return false;
    } finally {
      underWay.delete(key);
    }
  }

  /** @throws OperatorError where a permission is missing that a scene needs here */
  async function readyToOpen(asked: Asked): Promise<boolean> {
    const inThread = asked.channel?.isThread() ?? false;
    const missing = missingPermissions(asked.appPermissions.bitfield, inThread);
    if (missing.length > 0) throw new OperatorError(missingPermissionsText(missing));
    return isQuiet(options.rest, asked.channelId ?? '');
  }

  async function slash(asked: ChatInputCommandInteraction<'cached'>): Promise<void> {
    const sub = asked.options.getSubcommand(false);
    const label = sub === null ? asked.commandName : `${asked.commandName} ${sub}`;
    const action = actionOf(asked.commandName, sub);
    await run(asked, label, action, valuesOf(asked, action));
  }

  async function complete(asked: AutocompleteInteraction<'cached'>): Promise<void> {
    const action = actionOf(asked.commandName, asked.options.getSubcommand(false));
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

  async function press(asked: ButtonInteraction<'cached'>): Promise<void> {
    const { scene } = placeOf(asked);
    switch (asked.customId) {
      case BUTTONS.join: {
        const join: CommandAction = {
          description: 'Join',
          options: [],
          allowed: 'anyone',
          async run({ who, reply }) {
            await engine.join(scene, who);
            await reply(`You are in the scene as ${who.name}: the cast hears what you write here.`);
          },
        };
        await run(asked, 'join', join, {});
        return;
      }
      case BUTTONS.pause:
      case BUTTONS.goOn:
      case BUTTONS.endForGood: {
        const name =
          asked.customId === BUTTONS.pause ? 'pause' : asked.customId === BUTTONS.goOn ? 'continue' : 'end';
        await run(asked, `scene ${name}`, actionOf('scene', name), {});
        return;
      }
      case BUTTONS.cast:
        await run(asked, 'cast', actionOf('cast', null), {});
        return;
      case BUTTONS.end: {
        const sure = button(BUTTONS.endForGood, 'End it', ButtonStyle.Danger);
        await asked.reply({
          ...EPHEMERAL,
          content: 'End this scene for good? Pause holds it, and nothing is lost.',
          components: [{ type: ComponentType.ActionRow, components: [sure] }],
        });
        return;
      }
      case BUTTONS.retry: {
        const retry: CommandAction = {
          description: 'Retry',
          options: [],
          allowed: 'player',
          run: () => engine.retry(scene),
        };
        if (await run(asked, 'retry', retry, {})) await asked.message.delete();
        return;
      }
      default:
        await asked.reply({ ...EPHEMERAL, content: 'This button no longer does anything.' });
    }
  }

  /** A form is the only thing that may follow, and at once. */
  async function askForAnswer(asked: MessageContextMenuCommandInteraction<'cached'>): Promise<void> {
    const posted = await documents.posted(asked.targetId);
    if (posted?.scene !== placeOf(asked).scene) {
      await asked.reply({
        ...EPHEMERAL,
        content: 'That is not a line of this scene. Choose one that a character said.',
      });
      return;
    }
    await asked.showModal({
      custom_id: answerFormId(asked.targetId),
      title: `Answer ${asked.targetMessage.author.displayName}`.slice(0, 45),
      components: [
        {
          type: ComponentType.Label,
          label: 'What you say or *do*',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'text',
            style: TextInputStyle.Paragraph,
            min_length: 1,
            max_length: 2000,
            required: true,
          },
        },
      ],
    });
  }

  async function submit(asked: ModalSubmitInteraction<'cached'>): Promise<void> {
    const replyTo = answeredMessage(asked.customId);
    if (replyTo === undefined) throw new PlayerError('This form no longer does anything.');
    const answer: CommandAction = {
      description: ANSWER_COMMAND,
      options: [],
      allowed: 'anyone',
      async run({ place, who, reply }) {
        await engine.join(place.scene, who);
        const text = asked.fields.getTextInputValue('text');
        const heard = await engine.hear(place.scene, { player: who, text, replyTo });
        if (!heard.heard) throw new PlayerError(unheard[heard.because]);
        await reply('Said.');
      },
    };
    await run(asked, 'answer', answer, {});
  }

  async function dispatch(interaction: Interaction): Promise<void> {
    if (!interaction.inCachedGuild()) {
      const content = 'Scenes are played in a server: use me in one of its channels.';
      if (interaction.isRepliable()) await interaction.reply({ ...EPHEMERAL, content });
      else if (interaction.isAutocomplete()) await interaction.respond([]);
    } else if (interaction.isChatInputCommand()) await slash(interaction);
    else if (interaction.isAutocomplete()) await complete(interaction);
    else if (interaction.isButton()) await press(interaction);
    else if (interaction.isModalSubmit()) await submit(interaction);
    else if (interaction.isMessageContextMenuCommand()) await askForAnswer(interaction);
  }

  return {
    async handle(interaction) {
      try {
        await dispatch(interaction);
      } catch (error) {
        await apologise(interaction, error);
      }
    },
    async tell(channel, player, text) {
      const told = underWay.get(`${channel}/${player}`);
      told?.push(text);
      return told !== undefined;
    },
  };

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
}

/** Says what came of a command; what is too long for one message follows in others. Silence is an answer. */
async function finish(asked: Asked, answer: string | undefined, told: readonly string[]): Promise<void> {
  const text = [...(answer === undefined ? [] : [answer]), ...told].join('\n');
  const [first, ...more] = splitMessage(text);
  if (first === undefined) {
    await asked.deleteReply();
    return;
  }
  await asked.editReply({ content: first, allowedMentions: { parse: [] } });
  for (const content of more) await asked.followUp({ ...EPHEMERAL, content, allowedMentions: { parse: [] } });
}
