import type { VisibleSegment } from '../format/segments.ts';
import type { WordRule } from '../safety/word-rule.ts';
import type { Actor, PlaceId } from '../scene/beat.ts';
import type { StageBeat } from '../scene/stage-beat.ts';
import type { Locale } from '../words/locales.ts';
import { render } from '../words/render.ts';
import { asTyped, type Message } from '../words/text.ts';
import type { AuditEntry } from './audit/audit-api.ts';
import type { ReplyFile } from './reply-file.ts';
import type { SceneRecord } from './scene-record.ts';

export type { WordRule };

/**
 * What the engine needs of a surface where beats appear. Everything that reaches it is visible by
 * type. A stage translates; it holds no scene state.
 */
export type Stage = {
  readonly name: 'discord' | 'web' | 'terminal' | 'lab';

  /**
   * Beats stand there by themselves after a restart (Discord), so the engine keeps account of what
   * was shown. A surface that is not durable replays the log (page, terminal).
   */
  readonly durable: boolean;

  /** Shows pieces of a turn while it is made. Elsewhere nothing of a turn is seen before all of it is. */
  readonly streams: boolean;

  /**
   * Puts a beat on the surface, at most once, and resolves when it stands there.
   * The beat is already in the log. A repeat of the same beat number must not post again.
   * Throws `StageError` where it cannot.
   */
  show(scene: SceneRecord, beat: StageBeat, signal: AbortSignal): Promise<Delivery>;

  /** After a restart or an unclear failure: does this beat stand on the surface? */
  find(scene: SceneRecord, beat: StageBeat, signal: AbortSignal): Promise<Delivery | undefined>;

  /**
   * A beat that is already shown reads differently now (edit, choice of swipe), or is gone. Called on
   * every surface; one that is not durable gets an empty delivery and knows the beat by its number.
   */
  update(
    scene: SceneRecord,
    n: number,
    delivery: Delivery,
    beat: StageBeat | undefined,
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * A whisper, or the answer to one, for one player alone (their stage user id). Returns false where
   * the surface has no way to reach them alone now; it is then kept for when they ask (`/whispers`).
   */
  whisper(scene: SceneRecord, player: string, beat: StageBeat, signal: AbortSignal): Promise<boolean>;

  /**
   * The story goes on from beat `to`: what was shown of later beats counts no more. `left`: what
   * stands on the surface of them, newest first. A durable surface posts a marker and, with `erase`,
   * takes them away at its own pace; others show the log anew.
   */
  rewound(
    scene: SceneRecord,
    to: number,
    left: readonly Delivery[],
    erase: boolean,
    signal: AbortSignal,
  ): Promise<void>;

  /** Someone is making a turn, in that room or the main place (`undefined`: nobody is any more). Never throws. */
  typing(scene: SceneRecord, who: Actor | undefined, place?: PlaceId): void;

  /** A finished piece of a turn in the making, where the surface streams. Never throws. */
  partial(scene: SceneRecord, turn: string, speaker: Actor, segment: VisibleSegment): void;

  /** What `partial` showed of this turn was wrong or is replaced by its beat. Never throws. */
  withdraw(scene: SceneRecord, turn: string): void;

  /** A neutral line outside the story. `retry` offers to try the failed turn again. */
  notice(scene: SceneRecord, notice: Notice): Promise<void>;

  /** Cast, presence, mode or status changed: refresh the scene card. Never throws. */
  changed(scene: SceneRecord): void;

  /** The language tag of the server, as its owner set it; absent where the surface has none. */
  language?(scene: SceneRecord): string | undefined;

  /** Whether the place is marked as being for adults only, now. Absent: it is not. */
  ageRestricted?(scene: SceneRecord): boolean;

  /**
   * The server's own rules of words, where the bot may read them; read anew when they change (the same
   * list as long as they do not). Throws `StageError` where they cannot be read just now.
   */
  wordRules?(server: string, signal: AbortSignal): Promise<readonly WordRule[]>;

  /**
   * Whether somebody who runs the server goes by a name that looks like this one, or the bot itself does;
   * `except`: a person who may. As far as the surface can tell just now. Never throws.
   */
  staffNamed?(server: string, name: string, except?: string): Promise<boolean>;

  /**
   * Shows an entry of the moderators' log in their channel, in this language (`auto`: the server's).
   * Returns where it stands, undefined where the channel is none of that server's. Throws `StageError`.
   */
  tellModerators?(
    server: string,
    channel: string,
    entry: AuditEntry,
    language: Locale | 'auto',
    signal: AbortSignal,
  ): Promise<Delivery | undefined>;
  /** Takes entries of that log away again. */
  untellModerators?(channel: string, delivery: Delivery, signal: AbortSignal): Promise<void>;

  /** Gives everyone in a scene's main place these files. Absent where the surface cannot. */
  handOut?(scene: SceneRecord, text: string, files: readonly ReplyFile[], signal: AbortSignal): Promise<void>;
};

export type Notice = {
  readonly kind:
    | 'moment-passes'
    | 'considering'
    | 'resting'
    | 'paused'
    | 'ended'
    | 'limit'
    | 'heard'
    | 'folded'
    | 'ooc'
    | 'info';
  readonly text: string;
  readonly retry?: boolean;
  /** Shown to this player only, where the surface can. */
  readonly only?: string;
  /** In this room; absent: in the main place. */
  readonly place?: PlaceId;
};

/** Where a beat stands: the surface's own message ids, in order. */
export type Delivery = { readonly messages: readonly string[] };

export class StageError extends Error {
  /** `gone`: channel or thread no longer exists. `forbidden`: a permission is missing. */
  readonly reason: 'gone' | 'forbidden' | 'rejected' | 'unreachable';

  /** What to do, for whoever wants the scene to go on; `message` is it in English. */
  readonly said: Message;

  constructor(reason: StageError['reason'], said: Message | string, cause?: unknown) {
    const message = typeof said === 'string' ? asTyped(said) : said;
    super(render(message), { cause });
    this.name = 'StageError';
    this.reason = reason;
    this.said = message;
  }
}
