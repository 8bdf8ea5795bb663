import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  GatewayDispatchEvents as Event,
  MessageFlags,
} from 'discord-api-types/v10';
import { announceDeletion, announceMessage } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import type { AllowedMentions } from '../rules/message-rules.ts';
import type { Channel, Message } from '../world/entities.ts';
import { may } from '../world/permissions.ts';
import { readMentions, ringingWords } from './mentions.ts';
import { seeMessage } from './see-message.ts';

export type Change = {
  readonly content?: string;
  readonly embeds?: APIEmbed[];
  readonly components?: APIMessageTopLevelComponent[];
  readonly attachments?: APIAttachment[];
  readonly flags?: number;
  readonly allowed?: AllowedMentions | null | undefined;
};

/** Changes what a message says. Its mentions are read anew, by default as freely as at first; nobody is rung. */
export function editMessage(platform: Platform, message: Message, change: Change): void {
  const { world } = platform;
  const channel = world.channels.get(message.channelId);
  message.content = change.content ?? message.content;
  message.embeds = change.embeds ?? message.embeds;
  message.components = change.components ?? message.components;
  message.attachments = change.attachments ?? message.attachments;
  const answered = world.messages.get(message.referenceId ?? '')?.author.id;
  const repliedTo = message.mentions.users.find((id) => id === answered);
  const lasting = MessageFlags.Ephemeral | MessageFlags.HasThread | MessageFlags.IsComponentsV2;
  const wasLoading = Boolean(message.flags & MessageFlags.Loading);
  const changeable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  const asked =
    change.flags === undefined ? message.flags & ~MessageFlags.Loading : change.flags & changeable;
  message.flags = (message.flags & lasting) | asked;
  message.mentions = readMentions(world, {
    words: ringingWords(message),
    serverId: channel?.serverId ?? null,
    allowed: change.allowed,
    defaultTo: message.author.kind === 'webhook' || message.interaction ? 'users' : 'all',
    mayMentionAll: channel !== undefined && may(world, channel, message.author.id, ['MentionEveryone']),
    repliedTo: repliedTo ?? null,
  });
  // Filling in a deferred answer shows no "(edited)".
  if (!wasLoading) message.editedAt = Math.max(Date.now(), (message.editedAt ?? 0) + 1);
  touchMessage(platform, message);
}

/** Announces a message whose state has changed. */
export function touchMessage(platform: Platform, message: Message): void {
  announceMessage(platform, Event.MessageUpdate, message);
  platform.journal.record({ kind: 'message-edited', message: seeMessage(platform.world, message) });
}

/** Takes messages away; several at once are announced as a bulk. */
export function deleteMessages(
  platform: Platform,
  channel: Channel,
  messages: readonly Message[],
  bulk = false,
): void {
  for (const message of messages) message.deleted = true;
  const announced = messages.filter((message) => message.ephemeralTo === null).map((message) => message.id);
  if (announced.length > 0) announceDeletion(platform, channel, announced, bulk);
  for (const message of messages) {
    platform.journal.record({ kind: 'message-deleted', message: seeMessage(platform.world, message) });
  }
}
