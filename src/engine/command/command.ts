import type { Library } from '../../cast/library/library-api.ts';
import { PlayerError } from '../../errors.ts';
import type { VisibleSegment } from '../../format/segments.ts';
import { type Actor, playerActorId } from '../../scene/beat.ts';
import type { Locale } from '../../words/locales.ts';
import type { Text } from '../../words/text.ts';
import type { PersonFacts, Standing } from '../access/access-api.ts';
import type { Engine } from '../engine-api.ts';
import type { Player } from '../player.ts';
import { OPTED_OUT } from '../privacy/opted-out.ts';
import type { ReplyFile } from '../reply-file.ts';
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
  /**
   * `person`: a person's stage user id; typed, also a mention. `file`: the text of a file. `upload`: a file
   * of any kind, as it is.
   */
  readonly type: 'text' | 'number' | 'flag' | 'person' | 'file' | 'upload';
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

/**
 * Who may use it. `everyone`: also who may not play here (their own data). `anyone`: who may play here.
 * `player`: who takes part in the scene, or once did. `owner`: who started the scene, or a moderator.
 * `creator`: may bring characters. `moderator`: Manage Server or a moderators' role. `manager`: Manage
 * Server. `operator`: who runs the bot. The operator may all of it.
 */
export type Rank =
  | 'everyone'
  | 'anyone'
  | 'player'
  | 'owner'
  | 'creator'
  | 'moderator'
  | 'manager'
  | 'operator';

export type CommandAction = {
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly allowed: Rank;
  /** Also where there is no server: a person's own data, in the bot's direct messages. */
  readonly alone?: boolean;
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
export type CommandValues = Readonly<Record<string, string | number | boolean | Upload | undefined>>;

/** A file that somebody hands over; see `upload-limit.ts` for how large it may be. */
export type Upload = { readonly name: string; readonly bytes: Uint8Array };

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
  /** Marked as being for adults only. */
  readonly ageRestricted?: boolean;
};

export type Who = Player & {
  /** Manage Server, or the person at the local stage. */
  readonly manager: boolean;
  readonly operator: boolean;
  /** What `engine.access` says of them in that place; filled in before an action runs. */
  readonly moderator?: boolean;
  readonly creator?: boolean;
  /** The language they use the surface in. */
  readonly locale?: Locale;
};

export type CompletionContext = {
  readonly engine: Engine;
  readonly library: Library;
  readonly place: Place;
  readonly who: Who;
  /** What stands in the other options so far, unchecked. */
  readonly typed?: CommandValues;
};

export type CommandContext = CompletionContext & {
  /** To this person only, where the surface can. The last reply of a command counts. */
  reply(text: Text): Promise<void>;
  /**
   * Shows this person alone how far it is, where the answer will stand; resolves to false once nothing can be
   * shown there any more. Absent where nobody can do anything else until the answer is there.
   */
  progress?(text: Text): Promise<boolean>;
  /** Makes a place of its own for a scene (a thread); absent where the surface has none. */
  openThread?(title: string): Promise<Place>;
  /** Reads a file that was named where commands are typed; absent where files are handed over themselves. */
  readFile?(path: string): Promise<Upload>;
  /** A reply with files for this person; absent where the surface cannot hand any over. */
  replyFiles?(text: Text, files: readonly ReplyFile[]): Promise<void>;
  /** Tells a story again in a place of its own (a thread); absent where the surface has none. */
  retell?(title: string, lines: AsyncIterable<RetoldLine>): Promise<Place>;
  /** What the surface knows of somebody else here; absent where it has no servers, undefined for nobody there. */
  personFacts?(id: string): Promise<PersonFacts | undefined>;
  /** Whether a role or channel is (still) there; where it cannot be told, it is. Absent where there are none. */
  known?(kind: 'role' | 'channel' | 'person', id: string): boolean;
  /** Whether every member can read a channel. Absent where there are none. */
  openToEveryone?(channel: string): boolean;
  /** Whether a channel holds messages itself: no category, no forum. Absent where there are none. */
  holdsMessages?(channel: string): boolean;
  /** Which permissions the bot lacks here, and where to change them; absent where there are none. */
  lacks?(): Promise<Text>;
  readonly signal: AbortSignal;
};

/** A line of a scene that is told again; `thoughts` only where everyone may read them. */
export type RetoldLine = {
  /** Absent for what nobody says: who comes, what time it is. */
  readonly speaker?: Actor;
  readonly segments: readonly VisibleSegment[];
  readonly thoughts: readonly string[];
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
  const { moderator, creator } = await checkAction(action, context);
  const who = { ...context.who, moderator, creator };
  await action.run({ ...context, who }, await withUploads(action, values, context.readFile));
}

/**
 * What was typed, with the files that were named by their paths.
 * @throws PlayerError where the surface reads no files
 */
async function withUploads(
  { options }: CommandAction,
  values: CommandValues,
  readFile: CommandContext['readFile'],
): Promise<CommandValues> {
  const named = options.filter(({ name, type }) => type === 'upload' && typeof values[name] === 'string');
  if (named.length > 0 && !readFile) {
    throw new PlayerError('No file can be named here: drop it onto the page, or choose it there.');
  }
  const read = named.map(async ({ name }) => [name, await readFile?.(String(values[name]))] as const);
  return { ...values, ...Object.fromEntries(await Promise.all(read)) };
}

/**
 * Whether this person may use that action there, for a surface that asks before it runs it.
 * @throws PlayerError saying who may, or where
 */
export async function checkAction(
  { allowed, alone = false }: Pick<CommandAction, 'allowed' | 'alone'>,
  asked: Pick<CompletionContext, 'engine' | 'place' | 'who'>,
): Promise<Standing> {
  const { stage, server } = asked.place;
  if (!alone && stage === 'discord' && server === undefined) {
    throw new PlayerError('Scenes are played in a server: use me in one of its channels.');
  }
  return checkRank(allowed, asked);
}

/** Who opted out takes part in nothing; to moderate is another thing. */
const PLAYING: ReadonlySet<Rank> = new Set(['anyone', 'player', 'owner', 'creator']);

/**
 * Whether this person may, in the scene of that place.
 * @throws PlayerError saying who may
 */
export async function checkRank(
  allowed: Rank,
  asked: Pick<CompletionContext, 'engine' | 'place' | 'who'>,
): Promise<Standing> {
  if (PLAYING.has(allowed) && (await asked.engine.privacy.optedOut(asked.who.id))) {
    throw new PlayerError(OPTED_OUT);
  }
  const standing = await asked.engine.access.standing(asked.place, asked.who);
  const refusal = await refusalOf(allowed, standing, asked);
  if (refusal) throw new PlayerError(refusal);
  return standing;
}

async function refusalOf(
  allowed: Rank,
  { moderator, creator, refusal, reason }: Standing,
  { engine, place, who }: Pick<CompletionContext, 'engine' | 'place' | 'who'>,
): Promise<Text | undefined> {
  if (allowed === 'everyone' || who.operator) return undefined;
  if (allowed === 'operator') return 'Only the operator of this bot may do that.';
  if (who.manager) return undefined;
  if (allowed === 'manager') return 'Only members with Manage Server may do that here.';
  if (moderator) return undefined;
  if (allowed === 'moderator') return 'Only moderators may do that here.';
  if (refusal) return reason === undefined ? refusal : [refusal, reason];
  if (allowed === 'anyone') return undefined;
  if (allowed === 'creator') {
    return creator ? undefined : 'Only those who may bring characters to this server may do that.';
  }
  const info = await engine.info(place.scene);
  if (!info) return undefined;
  if (info.record.owner === who.id) return undefined;
  if (allowed === 'owner') return 'Only the one who started this scene may do that, or a moderator.';
  if (info.players.some(({ actor }) => actor.id === playerActorId(who.id))) return undefined;
  return 'Only those who take part in this scene may do that. /enter takes you in.';
}
