import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type REST,
} from 'discord.js';
import type { Library } from '../../../cast/library/library-api.ts';
import {
  type Command,
  type CommandAction,
  type CommandContext,
  type CommandValues,
  type Place,
  runAction,
} from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { missingPermissions, missingPermissionsText } from '../access/permissions.ts';
import type { RefusedChannels } from '../access/refused-channels.ts';
import { splitMessage } from '../lines/split-message.ts';
import { channelOf } from '../scene-place.ts';
import { explainFailure } from './explain-failure.ts';
import { placeOf, whoOf } from './interaction-facts.ts';
import { isQuiet, openSceneThread } from './scene-threads.ts';

/** Whatever a command can be asked for with: a slash, a button, a form. */
export type Asked =
  | ChatInputCommandInteraction<'cached'>
  | ButtonInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>;

export type CommandRunner = {
  /** Runs an action for whoever asked, and tells that person alone what came of it; whether it worked. */
  run(asked: Asked, label: string, action: CommandAction, values?: CommandValues): Promise<boolean>;
  /** @throws PlayerError where our commands are not those that Discord still shows */
  actionOf(command: string, action: string | null): CommandAction;
  /** Tells one player alone, where a command of theirs is under way in that channel; else false. */
  tell(channel: string, player: string, text: string): Promise<boolean>;
};

export type RunnerOptions = {
  readonly engine: Engine;
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly owners: readonly string[];
  readonly refused: RefusedChannels;
  readonly rest: REST;
  /** Resolves when the scene of a channel is in order after a start of the bot. */
  readonly awake: (channel: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
};

export const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

// These open a scene: what it will need is looked at first.
const OPENING = new Set(['scene start', 'scene demo']);

/** Runs commands for people on Discord. */
export function createCommandRunner(options: RunnerOptions): CommandRunner {
  const { engine, library, commands, owners, refused, signal, log } = options;
  /** What is to be told to those whose command is under way, by channel and player. */
  const underWay = new Map<string, string[]>();

  async function attempt(
    asked: Asked,
    label: string,
    action: CommandAction,
    values: CommandValues,
  ): Promise<string | undefined> {
    const channel = asked.channelId ?? '';
    await options.awake(channel);
    // Who uses a command may just have mended what was refused.
    refused.retry(channel);
    // The last words count, and they are said when it is known what came of it.
    let answer: string | undefined;
    let playsIn = channel;
    const place = placeOf(asked);
    const context: CommandContext = {
      engine,
      library,
      place: OPENING.has(label) ? { ...place, quiet: await readyToOpen(asked, place) } : place,
      who: whoOf(asked, owners),
      signal,
      async reply(text) {
        answer = text;
      },
      async openThread(title) {
        const thread = await openSceneThread(asked, title);
        playsIn = channelOf({ id: thread.scene });
        return thread;
      },
    };
    await runAction(action, context, values);
    refused.check(playsIn);
    return playsIn === channel ? answer : `${answer ?? ''} <#${playsIn}>`.trim();
  }

  /**
   * Whether the place is quiet. Where no scene may be played at all, that is told first.
   * @throws OperatorError where a permission is missing that a scene needs there
   */
  async function readyToOpen(asked: Asked, { server = '', serverOwner }: Place): Promise<boolean> {
    if (!(await engine.servers.allowed(server, serverOwner))) return false;
    const inThread = asked.channel?.isThread() ?? false;
    const missing = missingPermissions(asked.appPermissions.bitfield, inThread);
    if (missing.length > 0) throw new OperatorError(missingPermissionsText(missing));
    return isQuiet(options.rest, asked.channelId ?? '');
  }

  return {
    async run(asked, label, action, values = {}) {
      await asked.deferReply(EPHEMERAL);
      const key = `${asked.channelId}/${asked.user.id}`;
      const told: string[] = [];
      underWay.set(key, told);
      let answer: string | undefined;
      let worked = false;
      try {
        answer = await attempt(asked, label, action, values);
        worked = true;
      } catch (error) {
        answer = explainFailure(error, label, log);
      } finally {
        underWay.delete(key);
      }
      await finish(asked, [...(answer === undefined ? [] : [answer]), ...told].join('\n'));
      return worked;
    },
    actionOf(command, action) {
      const found = commands.find(({ name }) => name === command);
      const wanted = action === null ? found?.action : found?.actions?.[action];
      if (wanted) return wanted;
      throw new PlayerError('This command is no longer known. Reload Discord (Ctrl+R) and try again.');
    },
    async tell(channel, player, text) {
      const told = underWay.get(`${channel}/${player}`);
      told?.push(text);
      return told !== undefined;
    },
  };
}

/** What is too long for one message follows in others; nothing to say takes the "thinking…" away. */
async function finish(asked: Asked, text: string): Promise<void> {
  const [first, ...more] = splitMessage(text);
  if (first === undefined) {
    await asked.deleteReply();
    return;
  }
  const allowedMentions = { parse: [] };
  await asked.editReply({ content: first, allowedMentions });
  for (const content of more) await asked.followUp({ ...EPHEMERAL, content, allowedMentions });
}
