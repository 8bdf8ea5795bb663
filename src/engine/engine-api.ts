import type { Character } from '../cast/character.ts';
import type { Chat } from '../cast/chats/read-chat.ts';
import type { ScriptChip } from '../cast/scene-script.ts';
import type { Fault } from '../format/parsed-turn.ts';
import type { ThoughtSegment } from '../format/segments.ts';
import type { Mark } from '../judge/continuity/mark.ts';
import type { ModelUsage } from '../model/chat-model.ts';
import type { Actor, Made, Origin } from '../scene/beat.ts';
import type { StageBeat } from '../scene/stage-beat.ts';
import type { ViewEntry } from '../scene/view.ts';
import type { Locale } from '../words/locales.ts';
import type { Access } from './access/access-api.ts';
import type { Audit } from './audit/audit-api.ts';
import type { BenchDesk } from './bench/bench-desk-api.ts';
import type { Budgets } from './budget/budget-api.ts';
import type { ServerModels } from './budget/server-models-api.ts';
import type { Cards } from './cards/cards-api.ts';
import type { Choices } from './choices/choices-api.ts';
import type { Continuity } from './continuity/continuity-api.ts';
import type { Direction } from './direction/direction-api.ts';
import type { Game } from './game/game-api.ts';
import type { Guard } from './guard/guard-api.ts';
import type { JudgeReport } from './judging/judge-report.ts';
import type { Ledger } from './ledger/ledger-api.ts';
import type { LoreBehind, NamedLore } from './lore/named-lore.ts';
import type { Models } from './models.ts';
import type { Past } from './past/past-api.ts';
import type { Asker, Player } from './player.ts';
import type { Principles } from './principles/principles-api.ts';
import type { Privacy } from './privacy/privacy-api.ts';
import type { PeekPolicy, Preset, SceneId, SceneRecord } from './scene-record.ts';
import type { Settings } from './settings/settings-api.ts';
import type { Stage } from './stage.ts';

/** Everything but `id`, `stage` and `owner` is optional: a bare start is an empty scene. */
export type StartScene = {
  readonly id: SceneId;
  readonly stage: SceneRecord['stage'];
  readonly server?: string;
  readonly parent?: string;
  readonly category?: string;
  readonly owner: Player;
  readonly title?: string;
  readonly setting?: string;
  /** Card ids. */
  readonly cast?: readonly string[];
  /** Id of a shipped scene: brings setting, cast and what the understudy plays. */
  readonly script?: string;
  readonly preset?: Preset;
  readonly seed?: number;
  /** `reading`: scripted beats come at reading speed. Default `none`. */
  readonly pace?: 'reading' | 'none';
  /** `turns` plays exactly so many character turns without a player, then rests for good. */
  readonly turns?: number;
  /** Where players' words come from; decides what may ever be exported. */
  readonly origin?: Origin;
  /** A talk that was held elsewhere and goes on here; nobody greets, and nobody speaks unasked. */
  readonly story?: Chat;
};

/** What a human said or did, as typed; it is made harmless before it is stored. */
export type PlayerLine = {
  readonly player: Player;
  readonly text: string;
  /** `act`: the whole text is an action. Default `say` (`*asterisks*` are actions all the same). */
  readonly manner?: 'say' | 'act';
  /** The platform's message id. The same source is never heard twice. */
  readonly source?: string;
  /** Source or message id of the line that is replied to: its character is addressed. */
  readonly replyTo?: string;
  /** Card ids addressed by other means (a mention, a menu). */
  readonly addressed?: readonly string[];
};

export type Whisper = {
  readonly player: Player;
  readonly text: string;
  /** Card ids. */
  readonly to: readonly string[];
  readonly source?: string;
};

export type Heard =
  | { readonly heard: true; readonly beat: number; readonly joined: boolean }
  | {
      readonly heard: false;
      readonly because:
        | 'repeat'
        | 'bystander'
        | 'no-scene'
        | 'paused'
        | 'ended'
        | 'empty'
        | 'limit'
        | 'out-of-character'
        /** Blocked, or not among those who may play here. */
        | 'not-allowed'
        /** They asked that nothing of theirs is heard (`/privacy opt-out`). */
        | 'opted-out'
        /** A rule of the server, or moderation, holds it back. */
        | 'held-back'
        /** It is to be looked at first, and nobody can look at it now. */
        | 'unchecked';
    };

/** What anyone may know of a scene; the scene card, the cast list and `/scene info` show it. */
export type SceneInfo = {
  readonly record: SceneRecord;
  readonly setting: string;
  readonly cast: readonly { readonly character: Character; readonly present: boolean }[];
  /** `avatar`: address of their persona's picture. */
  readonly players: readonly {
    readonly actor: Actor;
    readonly present: boolean;
    readonly avatar?: string;
  }[];
  /** Length of the log. */
  readonly beats: number;
  /** Character turns left until a player speaks. */
  readonly turnsLeft: number;
  readonly turnsPerLine: number;
  /** Who is making a turn now, and the director's reason, for everyone. */
  readonly making?: Actor;
  readonly why?: string;
  /** Rooms of the scene, by place id. */
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
  /** The story's hour, in words (`day 1, 21:05`), where it was ever set. */
  readonly clock?: string;
  /** Name of the model that plays, or undefined for the understudy (the scripted demo). */
  readonly model?: string;
  /** Versions that are drafted of each turn, where a judge chooses among several. */
  readonly bestOf?: number;
  /** Players who are here and whose choices are counted. */
  readonly choicesOf?: readonly Actor[];
  /** Who may read what the cast thinks; absent while a scene is being opened. */
  readonly peek?: PeekPolicy;
  /** Of whom something else holds, by card id. */
  readonly peekOf?: Readonly<Record<string, PeekPolicy>>;
  /** Whispers and secrets are shown to the server's moderators in their log. */
  readonly whispersLogged?: boolean;
  /** What the scripted demo offers a player now. */
  readonly chips: readonly ScriptChip[];
};

export type Engine = {
  /** Surfaces are attached before scenes are started; scenes of an absent surface sleep. */
  attach(stage: Stage): void;

  /** Starts a scene. Throws `PlayerError` where one is playing there, or a card or script is unknown. */
  start(request: StartScene): Promise<SceneRecord>;
  info(id: SceneId): Promise<SceneInfo | undefined>;
  /** The language in which the bot speaks to the room of a scene. */
  locale(record: SceneRecord): Locale;
  /** Every scene in storage that this process serves, whatever its status. */
  scenes(): AsyncIterable<SceneRecord>;
  /** What the room has perceived so far, from beat `from` (default 1) on, as amended and chosen. */
  replay(id: SceneId, from?: number): Promise<readonly StageBeat[]>;
  /**
   * Opens a stored scene again (after a restart): posts what was recorded but never shown, then goes on.
   * False where there was nothing to do: it stays in storage until somebody asks for it.
   */
  resume(id: SceneId): Promise<boolean>;

  hear(id: SceneId, line: PlayerLine): Promise<Heard>;
  whisper(id: SceneId, whisper: Whisper): Promise<Heard>;
  /** A player joins without speaking (the Join button); idempotent. */
  join(id: SceneId, player: Player): Promise<void>;
  leave(id: SceneId, playerId: string): Promise<void>;
  /** An edit of the message `source`; text of a line that was never heard is ignored. */
  amend(id: SceneId, source: string, text: string): Promise<void>;
  /**
   * Message `source` (or the posted message of a beat) was deleted: the beat is gone for everyone.
   * `by`: stage user id of whoever did it, where that is known.
   */
  retract(id: SceneId, source: string, by?: string): Promise<void>;

  /** Brings a card on stage: entrance and greeting at once, without a model. Returns who came. */
  summon(id: SceneId, cardId: string): Promise<Character>;
  dismiss(id: SceneId, cardId: string): Promise<Actor>;
  /** A turn now: of this character, of the Environment (`environment`), or of whoever is most likely to. */
  next(id: SceneId, who?: string): Promise<void>;
  /** The Narrator says this; without text the Environment is asked to. */
  narrate(id: SceneId, text?: string): Promise<void>;
  /** Ends what is being generated. False where nothing was. */
  stop(id: SceneId): Promise<boolean>;
  /** A player is typing: gathered lines wait for what comes. Never throws. */
  playerTyping(id: SceneId, playerId: string): void;
  /** What a character thought in beat `n`, for whoever the scene's policy lets read it. @throws PlayerError who may */
  peek(id: SceneId, n: number, by: Asker): Promise<readonly ThoughtSegment[]>;
  /** What the scene itself sets for that; it comes before what channel and server set. */
  setPeek(id: SceneId, policy: PeekPolicy): Promise<void>;
  /**
   * What characters thought, by beat, where everyone may read it now; undefined where nobody's thoughts
   * in this scene are open to everyone. For what is handed around.
   */
  openThoughts(id: SceneId): Promise<ReadonlyMap<number, readonly string[]> | undefined>;
  /** The plans behind a line: for moderators alone, where the operator turned tracing on. Elsewhere none. */
  plans(id: SceneId, n: number, by: Asker): Promise<readonly string[]>;
  /** How the line of beat `n` came about, for its owner and moderators: never its text or thoughts. */
  why(id: SceneId, n: number, by: Asker): Promise<Why | undefined>;
  readonly past: Past;
  readonly ledger: Ledger;
  readonly direction: Direction;
  readonly game: Game;

  /** Tries the last failed turn again. */
  retry(id: SceneId): Promise<void>;
  pause(id: SceneId): Promise<void>;
  /** Continues a paused scene. */
  unpause(id: SceneId): Promise<void>;
  end(id: SceneId): Promise<void>;

  /** From the next turn on these play. Nothing of a scene changes but who speaks for its cast. */
  useModels(models: Models): void;
  models(): Models;

  readonly settings: Settings;
  readonly servers: Servers;
  readonly access: Access;
  readonly audit: Audit;
  readonly bench: BenchDesk;
  readonly budgets: Budgets;
  readonly cards: Cards;
  readonly choices: Choices;
  readonly continuity: Continuity;
  readonly guard: Guard;
  readonly principles: Principles;
  readonly privacy: Privacy;
  readonly serverModels: ServerModels;
  readonly backstage: Backstage;

  /** Resolves when this scene rests: mailbox empty, nothing being generated. */
  idle(id: SceneId): Promise<void>;
  /** How busy it is now. */
  busyness(): Busyness;
  /**
   * Lets the turns that are being made come to their end, for `finishMs` milliseconds at most (default 0), and begins no
   * other: what is said meanwhile is recorded, and answered after the next start. Then aborts what is left, lets the
   * mailboxes run dry, closes nothing that was passed in. What is asked of it from then on is rejected with an `AbortError`.
   */
  close(options?: { readonly finishMs?: number }): Promise<void>;
};

/** Scenes in memory, those of them in which a turn is being made, and what waits in their mailboxes. */
export type Busyness = { readonly awake: number; readonly making: number; readonly waiting: number };

/** Where the bot may play (Discord). */
export type Servers = {
  /** Listed, approved, or owned by an operator; and not halted. */
  allowed(server: string, ownerId?: string): Promise<boolean>;
  approve(server: string): Promise<void>;
  /** Stops every scene of a server at once and keeps it stopped until `approve`. Returns how many. */
  halt(server: string): Promise<number>;
  halted(server: string): Promise<boolean>;
  /** Whether what PluralKit and Tupperbox post for members is heard there as those members' words. */
  proxies(server: string): Promise<boolean>;
};

/**
 * Hidden layers, for eyes that were granted them. Handed to the local page's own session and to
 * nothing that posts in a room.
 */
export type Backstage = {
  /** The thoughts of one beat; empty where it has none. */
  thoughts(id: SceneId, n: number): Promise<readonly ThoughtSegment[]>;
  /** All that this character perceived from beat `from` (default 1) on, its own thoughts included. */
  mind(id: SceneId, cardId: string, from?: number): Promise<readonly ViewEntry[]>;
  /** Follows drafts as they end. System thinking is in them only where tracing is on. Returns an unsubscribe. */
  onDraft(listener: (draft: DraftReport) => void): () => void;
  /** Follows how turns are chosen among candidates. Returns an unsubscribe. */
  onJudged(listener: (report: JudgeReport) => void): () => void;
  /** Told of a log of which words are gone: what was drafted with them in view is to go as well. Returns an unsubscribe. */
  onForgotten(listener: (log: string) => void): () => void;
};

/**
 * How a line was made, its lore by the names that the books bear now, and the principle by which it was
 * chosen by the name that it bears now.
 */
export type Why = Made & LoreBehind & { readonly principle?: string };

/** One generation, for x-ray. Lives in memory, for as long as its listener keeps it. */
export type DraftReport = {
  readonly scene: SceneId;
  /** Key of the scene's log. */
  readonly log: string;
  readonly turn: string;
  readonly speaker: Actor;
  /** The beat it became; absent where the draft was thrown away. */
  readonly beat?: number;
  /** The director's reason for this speaker, for people. */
  readonly why: string;
  /** Only where tracing is on. */
  readonly systemThinking?: string;
  readonly thoughts: readonly ThoughtSegment[];
  readonly faults: readonly Fault[];
  /** Lore that stood in its prompt, and how many entries had no room there. */
  readonly lore?: readonly NamedLore[];
  readonly loreLeft?: number;
  readonly scripted: boolean;
  readonly attempt: number;
  /** It is one of so many candidates, in this place (from 0). */
  readonly candidate?: { readonly at: number; readonly of: number };
  /** What rules of continuity say of it. */
  readonly marks?: readonly Mark[];
  readonly usage?: ModelUsage;
};
