import type {
  APIApplicationCommand,
  APIAttachment,
  APIAutoModerationRule,
  APIEmbed,
  APIMessageTopLevelComponent,
  ChannelType,
  InteractionType,
  MessageType,
  OverwriteType,
} from 'discord-api-types/v10';

/** An account: a person's or a bot's. */
export type User = {
  readonly id: string;
  username: string;
  globalName: string | null;
  readonly bot: boolean;
  /** Refuses direct messages from people and bots it is no friend of (50007). */
  dmsClosed: boolean;
  /** The language they use Discord in. */
  readonly locale?: string;
};

export type Role = {
  readonly id: string;
  readonly serverId: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
  /** Set on the role that Discord makes for a bot when it is invited. */
  readonly botId: string | null;
};

export type Member = {
  readonly userId: string;
  readonly serverId: string;
  nick: string | null;
  roles: string[];
  readonly joinedAt: number;
  timedOutUntil: number | null;
};

export type Overwrite = { readonly type: OverwriteType; allow: bigint; deny: bigint };

type ThreadState = {
  archived: boolean;
  locked: boolean;
  archivedAt: number;
  autoArchiveMinutes: number;
  members: Set<string>;
  appliedTags: string[];
};

type ForumTag = { readonly id: string; readonly name: string };

/** A channel of a server, a thread in one, or a direct-message channel. */
export type Channel = {
  readonly id: string;
  readonly type: ChannelType;
  /** `null` in direct messages. */
  readonly serverId: string | null;
  parentId: string | null;
  name: string;
  topic: string | null;
  nsfw: boolean;
  slowmodeSeconds: number;
  requireTag: boolean;
  tags: ForumTag[];
  readonly overwrites: Map<string, Overwrite>;
  /** Who opened the thread; `null` elsewhere. */
  readonly ownerId: string | null;
  readonly thread: ThreadState | null;
  /** The person at the other end of a direct-message channel. */
  readonly recipientId: string | null;
};

/** One of AutoMod's rules, as Discord sends it. */
export type AutoModRule = APIAutoModerationRule;

export type Server = {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly autoMod: Map<string, AutoModRule>;
  /** `false` while Discord has an outage for this server. */
  available: boolean;
};

/** Who a message is from: an account, or a webhook under the name and picture of this one message. */
export type Author =
  | { readonly kind: 'user'; readonly id: string }
  | {
      readonly kind: 'webhook';
      readonly id: string;
      readonly name: string;
      readonly avatarUrl: string | null;
      readonly applicationId: string | null;
    };

export type Mentions = { readonly users: string[]; readonly roles: string[]; readonly everyone: boolean };

export type Message = {
  readonly id: string;
  readonly channelId: string;
  readonly type: MessageType;
  readonly author: Author;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  flags: number;
  mentions: Mentions;
  readonly nonce: string | number | null;
  /** The message this one answers, or opens a thread for. */
  readonly referenceId: string | null;
  /** The one person who sees an ephemeral message; `null` when everybody does. */
  readonly ephemeralTo: string | null;
  readonly interaction: {
    readonly id: string;
    readonly type: InteractionType;
    readonly userId: string;
    readonly name: string | null;
  } | null;
  editedAt: number | null;
  deleted: boolean;
  pinnedAt: number | null;
  /** The thread that hangs from this message; it has the same id. */
  threadId: string | null;
  readonly reactions: Map<string, Set<string>>;
};

export type Webhook = {
  readonly id: string;
  readonly token: string;
  channelId: string;
  readonly serverId: string;
  name: string;
  avatar: string | null;
  /** Set when an application made it: only its own webhooks may carry buttons that come back to it. */
  readonly applicationId: string | null;
  readonly creatorId: string;
};

/** A file the double keeps and serves at its CDN address. */
export type StoredFile = { readonly contentType: string; readonly data: Buffer };

/** A registered command; `guild_id` is set on a server's own. */
export type Command = APIApplicationCommand;
