import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  GatewayDispatchEvents as Event,
  MessageType,
} from 'discord-api-types/v10';
import { announceChannel, announceMessage } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import type { AllowedMentions } from '../rules/message-rules.ts';
import type { Author, Channel, Message } from '../world/entities.ts';
import { may } from '../world/permissions.ts';
import { readMentions, ringingWords } from './mentions.ts';
import { seeMessage } from './see-message.ts';

export type Draft = {
  readonly channel: Channel;
  readonly author: Author;
  readonly content?: string;
  readonly embeds?: APIEmbed[];
  readonly components?: APIMessageTopLevelComponent[];
  readonly attachments?: APIAttachment[];
  readonly flags?: number;
  readonly type?: MessageType;
  readonly nonce?: string | number | null;
  readonly allowed?: AllowedMentions | null | undefined;
  readonly reference?: Message | null;
  readonly ephemeralTo?: string | null;
  readonly interaction?: Message['interaction'];
  /** Forum posts begin with a message that has the thread's id. */
  readonly id?: string;
};

/** Puts a message into a channel: kept, counted for pings, announced on the gateway, seen by the tests. */
export function postMessage(platform: Platform, draft: Draft): Message {
  const { world, journal } = platform;
  const { channel, author, reference = null, interaction = null } = draft;
  wakeThread(platform, channel);
  const words = { content: draft.content ?? '', components: draft.components ?? [] };
  const message: Message = {
    id: draft.id ?? world.nextId(),
    channelId: channel.id,
    type: draft.type ?? (reference ? MessageType.Reply : MessageType.Default),
    author,
    ...words,
    embeds: draft.embeds ?? [],
    attachments: draft.attachments ?? [],
    flags: draft.flags ?? 0,
    mentions: readMentions(world, {
      words: ringingWords(words),
      serverId: channel.serverId,
      allowed: draft.allowed,
      defaultTo: author.kind === 'webhook' || interaction ? 'users' : 'all',
      mayMentionAll: author.kind === 'webhook' || may(world, channel, author.id, ['MentionEveryone']),
      repliedTo: ringingReply(reference),
    }),
    nonce: draft.nonce ?? null,
    referenceId: reference?.id ?? null,
    ephemeralTo: draft.ephemeralTo ?? null,
    interaction,
    editedAt: null,
    deleted: false,
    pinnedAt: null,
    threadId: null,
    reactions: new Map(),
  };
  world.messages.set(message.id, message);
  recordPing(platform, message);
  announceMessage(platform, Event.MessageCreate, message);
  journal.record({ kind: 'message-created', message: seeMessage(world, message) });
  return message;
}

/** A reply rings for the person answered. A webhook is nobody, and an interaction's answer does not count. */
function ringingReply(reference: Message | null): string | null {
  return reference?.author.kind === 'user' && !reference.interaction ? reference.author.id : null;
}

/** Writing in an archived thread opens it again. */
function wakeThread(platform: Platform, channel: Channel): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  announceChannel(platform, 'UPDATE', channel);
}

function recordPing({ world, pings }: Platform, message: Message): void {
  const { author, mentions } = message;
  const isOurs = author.kind === 'webhook' || author.id === world.bot.id;
  if (!isOurs || (mentions.users.length === 0 && mentions.roles.length === 0 && !mentions.everyone)) return;
  pings.push({ messageId: message.id, channelId: message.channelId, ...mentions });
}
