import { ChannelFlags, ChannelType } from 'discord-api-types/v10';
import type { Channel, Webhook } from '../world/entities.ts';
import { messagesIn, type World } from '../world/world.ts';
import { userPayload } from './user-payload.ts';

/** A channel, thread or DM as it travels. */
export function channelPayload(world: World, channel: Channel): object {
  const messages = messagesIn(world, channel.id);
  const common = {
    id: channel.id,
    type: channel.type,
    last_message_id: messages.at(-1)?.id ?? null,
    flags: 0,
  };
  const recipient = world.users.get(channel.recipientId ?? '');
  if (recipient) return { ...common, recipients: [userPayload(recipient)] };
  const placed = {
    ...common,
    guild_id: channel.serverId,
    parent_id: channel.parentId,
    name: channel.name,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_pin_timestamp: null,
  };
  if (channel.thread) {
    const { thread } = channel;
    return {
      ...placed,
      owner_id: channel.ownerId,
      message_count: messages.length,
      total_message_sent: messages.length,
      member_count: thread.members.size,
      applied_tags: thread.appliedTags,
      thread_metadata: {
        archived: thread.archived,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: new Date(thread.archivedAt).toISOString(),
        create_timestamp: new Date(thread.archivedAt).toISOString(),
        locked: thread.locked,
        ...(channel.type === ChannelType.PrivateThread && { invitable: true }),
      },
      ...(thread.members.has(world.bot.id) && { member: threadMemberPayload(channel, world.bot.id) }),
    };
  }
  return {
    ...placed,
    flags: channel.requireTag ? ChannelFlags.RequireTag : 0,
    position: 0,
    topic: channel.topic,
    nsfw: channel.nsfw,
    permission_overwrites: [...channel.overwrites].map(([id, { type, allow, deny }]) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(channel.type === ChannelType.GuildForum && {
      available_tags: channel.tags.map((tag) => ({
        ...tag,
        moderated: false,
        emoji_id: null,
        emoji_name: null,
      })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
    ...(channel.type === ChannelType.GuildVoice && { bitrate: 64_000, user_limit: 0, rtc_region: null }),
  };
}

/** Someone's place in a thread. The thread's id is called `id`, the person's `user_id`. */
export function threadMemberPayload(thread: Channel, userId: string) {
  return { id: thread.id, user_id: userId, join_timestamp: new Date().toISOString(), flags: 1 };
}

/** A webhook; its token only for those who may act with it. */
export function webhookPayload(world: World, webhook: Webhook, options: { withUser: boolean }): object {
  const isOthers = webhook.applicationId !== null && webhook.applicationId !== world.bot.id;
  const creator = world.users.get(webhook.creatorId);
  return {
    id: webhook.id,
    type: 1,
    name: webhook.name,
    avatar: webhook.avatar,
    channel_id: webhook.channelId,
    guild_id: webhook.serverId,
    application_id: webhook.applicationId,
    ...(!isOthers && { token: webhook.token }),
    ...(options.withUser && creator && { user: userPayload(creator) }),
  };
}
