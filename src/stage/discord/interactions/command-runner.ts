import type { REST } from 'discord.js';
import type { Standing } from '../../../engine/access/access-api.ts';
import {
  type Command,
  type CommandAction,
  type CommandContext,
  type CommandValues,
  checkAction,
  type Place,
  runAction,
} from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { ReplyFile } from '../../../engine/reply-file.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { missingPermissions, missingPermissionsText } from '../access/permissions.ts';
import type { RefusedChannels } from '../access/refused-channels.ts';
import { serverFacts } from '../access/server-facts.ts';
import { channelOf } from '../scene-place.ts';
import { lacks } from '../setup/lacks.ts';
import { type Answering, type Asked, anew, type Outcome } from './answering.ts';
import { explainFailure } from './explain-failure.ts';
import type { FollowUps } from './follow-ups.ts';
import { placeOf, whoOf } from './interaction-facts.ts';
import { retellIn } from './retell.ts';
import { isQuiet, openSceneThread } from './scene-threads.ts';

export type CommandRunner = {
  /** Runs an action for whoever asked, and tells that person alone what came of it; whether it worked. */
  run(
    asked: Asked,
    label: string,
    action: CommandAction,
    values?: CommandValues | (() => Promise<CommandValues>),
    answering?: Answering,
  ): Promise<boolean>;
  /**
   * Whether whoever asked may use an action where they are, for what asks something back before it runs;
   * and what else they may there.
   * @throws PlayerError where they may not
   */
  check(asked: Asked, action: CommandAction): Promise<Standing>;
  /** @throws PlayerError where our commands are not those that Discord still shows */
  actionOf(command: string, action: string | null): CommandAction;
  /** Tells one player alone, where a command of theirs is under way in that channel; else false. */
  tell(channel: string, player: string, text: string): Promise<boolean>;
};

export type RunnerOptions = {
  readonly engine: Engine;
  readonly commands: readonly Command[];
  readonly owners: readonly string[];
  readonly refused: RefusedChannels;
  readonly rest: REST;
  readonly followUps: FollowUps;
  /** Resolves when the scene of a channel is in order after a start of the bot. */
  readonly awake: (channel: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
};

// These open a scene: what it will need is looked at first.
const OPENING = new Set(['scene start', 'scene demo']);

/** Discord takes an answer for a quarter of an hour; the last words need some of it. */
const ANSWERABLE_MS = 13 * 60_000;

type Done = Pick<Outcome, 'text' | 'files'>;

/** A command in whose answer there is still room for more. */
type UnderWay = { readonly channel: string | null; readonly player: string; readonly told: string[] };

/** Runs commands for people on Discord. */
export function createCommandRunner(options: RunnerOptions): CommandRunner {
  const { engine, commands, owners, refused, signal, log, followUps } = options;
  const underWay = new Set<UnderWay>();

  async function attempt(
    asked: Asked,
    label: string,
    action: CommandAction,
    values: CommandValues | (() => Promise<CommandValues>),
  ): Promise<Done> {
    const channel = asked.channelId ?? '';
    await options.awake(channel);
    // Who uses a command may just have mended what was refused.
    refused.retry(channel);
    // The last words count, and they are said when it is known what came of it.
    let text = '';
    let files: readonly ReplyFile[] = [];
    let playsIn = channel;
    const place = placeOf(asked);
    const context: CommandContext = {
      engine,
      library: await engine.cards.library(place.server),
      place: OPENING.has(label) ? { ...place, quiet: await readyToOpen(asked, place) } : place,
      who: whoOf(asked, owners),
      signal,
      async reply(words) {
        text = render(words, localeFor(asked.locale));
      },
      async progress(words) {
        if (Date.now() - asked.createdTimestamp > ANSWERABLE_MS) return false;
        await asked.editReply({
          content: render(words, localeFor(asked.locale)),
          allowedMentions: { parse: [] },
        });
        return true;
      },
      async replyFiles(words, handed) {
        text = render(words, localeFor(asked.locale));
        files = handed;
      },
      ...(asked.inCachedGuild()
        ? {
            ...serverFacts(asked.guild, owners),
            lacks: () => lacks(engine, asked.guild),
            async openThread(title) {
              // A thread's name is read by everyone, whatever becomes of its scene.
              await engine.guard.admitIn(place, [title], whoOf(asked, owners));
              const thread = await openSceneThread(asked, title);
              playsIn = channelOf({ id: thread.scene });
              return thread;
            },
            async retell(title, lines) {
              await engine.guard.admitIn(place, [title], whoOf(asked, owners));
              const thread = await openSceneThread(asked, title);
              playsIn = channelOf({ id: thread.scene });
              await retellIn(options.rest, playsIn, lines, signal);
              return thread;
            },
          }
        : {}),
    };
    // Nothing is fetched for who may not use it.
    if (action.options.some(({ type }) => type === 'upload')) await checkAction(action, context);
    await runAction(action, context, typeof values === 'function' ? await values() : values);
    refused.check(playsIn);
    return { text: playsIn === channel ? text : `${text} <#${playsIn}>`.trim(), files };
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
    async run(asked, label, action, values = {}, answering = anew(asked)) {
      await answering.begin();
      const mine: UnderWay = { channel: asked.channelId, player: asked.user.id, told: [] };
      underWay.add(mine);
      let outcome: Omit<Outcome, 'told'>;
      try {
        outcome = { worked: true, ...(await attempt(asked, label, action, values)) };
      } catch (error) {
        outcome = {
          worked: false,
          text: explainFailure(error, label, log, localeFor(asked.locale)),
          files: [],
        };
      } finally {
        underWay.delete(mine);
      }
      const answered = answering.end({ ...outcome, told: mine.told });
      followUps.note(asked, answered);
      await answered;
      return outcome.worked;
    },
    async check(asked, action) {
      return checkAction(action, { engine, place: placeOf(asked), who: whoOf(asked, owners) });
    },
    actionOf(command, action) {
      const found = commands.find(({ name }) => name === command);
      const wanted = action === null ? found?.action : found?.actions?.[action];
      if (wanted) return wanted;
      throw new PlayerError('This command is no longer known. Reload Discord (Ctrl+R) and try again.');
    },
    async tell(channel, player, text) {
      const mine = [...underWay].findLast((one) => one.channel === channel && one.player === player);
      mine?.told.push(text);
      return mine !== undefined;
    },
  };
}
