import type { Library } from '../../cast/library/library-api.ts';
import { PlayerError } from '../../errors.ts';
import type { Engine } from '../engine-api.ts';
import type { Player } from '../player.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';

/**
 * Slash commands, the same files on every stage: a command names its options and says what to do
 * with an engine; a stage translates them into its own form and back.
 */
export type Choice = { readonly name: string; readonly value: string };

export type CommandOption = {
  readonly name: string;
  /** 1 to 100 characters. */
  readonly description: string;
  readonly type: 'text' | 'number' | 'flag';
  readonly required?: boolean;
  /** May be left out, and still follows the required ones where it is typed without its name. */
  readonly placed?: boolean;
  /** Text: longest length. Number: highest value. */
  readonly max?: number;
  /** Number: lowest value. */
  readonly min?: number;
  /** The only values there are. */
  readonly choices?: readonly Choice[];
  /** Suggestions while typing; at most 25. They suggest, they do not constrain. */
  complete?(context: CompletionContext, partial: string): Promise<readonly Choice[]>;
};

/** Who may use it: anyone in the room, players, the one who started the scene, Manage Server, the operator. */
export type Rank = 'anyone' | 'player' | 'owner' | 'manager' | 'operator';

export type CommandAction = {
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly allowed: Rank;
  run(context: CommandContext, values: CommandValues): Promise<void>;
};

export type Command = {
  readonly name: string;
  readonly description: string;
  /** A command has either one action, or several under their names (subcommands). */
  readonly action?: CommandAction;
  readonly actions?: Readonly<Record<string, CommandAction>>;
};

/** What was typed, already checked against the options. */
export type CommandValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a command was typed: the scene that this channel, thread or session hosts (or would host). */
export type Place = {
  readonly scene: SceneId;
  readonly stage: SceneRecord['stage'];
  readonly server?: string;
  /** Stage user id of the server's owner. */
  readonly serverOwner?: string;
  readonly parent?: string;
  /** The category that the channel (of a thread: its channel) is in. */
  readonly category?: string;
  /** Of a thread: the scene that its channel hosts (or would host). */
  readonly parentScene?: SceneId;
  /** The channel is set aside for scenes, or empty of other talk. */
  readonly quiet?: boolean;
};

export type Who = Player & {
  /** Manage Server, or the person at the local stage. */
  readonly manager: boolean;
  readonly operator: boolean;
};

export type CompletionContext = {
  readonly engine: Engine;
  readonly library: Library;
  readonly place: Place;
  readonly who: Who;
};

export type ReplyFile = { readonly name: string; readonly content: string };

export type CommandContext = CompletionContext & {
  /** To this person only, where the surface can. The last reply of a command counts. */
  reply(text: string): Promise<void>;
  /** Makes a place of its own for a scene (a thread); absent where the surface has none. */
  openThread?(title: string): Promise<Place>;
  /** A reply with files for this person; absent where the surface cannot hand any over. */
  replyFiles?(text: string, files: readonly ReplyFile[]): Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Runs one action after checking that this person may.
 * @throws PlayerError where they may not, saying who may.
 */
export async function runAction(
  action: CommandAction,
  context: CommandContext,
  values: CommandValues,
): Promise<void> {
  await checkRank(action.allowed, context);
  await action.run(context, values);
}

/**
 * Whether this person may, in the scene of that place.
 * @throws PlayerError saying who may
 */
export async function checkRank(
  allowed: Rank,
  asked: Pick<CompletionContext, 'engine' | 'place' | 'who'>,
): Promise<void> {
  const refusal = await refusalOf(allowed, asked);
  if (refusal) throw new PlayerError(refusal);
}

async function refusalOf(
  allowed: Rank,
  { engine, place, who }: Pick<CompletionContext, 'engine' | 'place' | 'who'>,
): Promise<string | undefined> {
  if (allowed === 'anyone' || who.operator) return undefined;
  if (allowed === 'operator') return 'Only the operator of this bot may do that.';
  if (who.manager) return undefined;
  if (allowed === 'manager') return 'Only members with Manage Server may do that here.';
  const info = await engine.info(place.scene);
  if (!info) return undefined;
  if (info.record.owner === who.id) return undefined;
  if (allowed === 'owner') return 'Only the one who started this scene may do that, or a moderator.';
  return undefined;
}
