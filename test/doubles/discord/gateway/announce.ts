import { GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { channelPayload, threadMemberPayload } from '../payloads/channel-payload.ts';
import { memberOf, messagePayload, needsIntent } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import type { Channel, Message } from '../world/entities.ts';
import { may } from '../world/permissions.ts';

/** Which intent lets a bot hear of something in a channel: servers and DMs have one each. */
function intentIn(channel: Channel, guild: number, direct: number): number {
  return channel.serverId === null ? direct : guild;
}

/** Of a server it is not in, or that is out of order, the bot hears nothing. */
function isInside({ world }: Platform, serverId: string): boolean {
  const server = world.servers.get(serverId);
  return server?.available === true && server.members.has(world.bot.id);
}

function isHeard({ world }: Platform, channel: Channel): boolean {
  const isThere = channel.serverId === null || (world.servers.get(channel.serverId)?.available ?? false);
  return isThere && may(world, channel, world.bot.id, ['ViewChannel']);
}

/** MESSAGE_CREATE or MESSAGE_UPDATE, with and without the Message Content intent. */
export function announceMessage(
  platform: Platform,
  t: Event.MessageCreate | Event.MessageUpdate,
  message: Message,
): void {
  const { world, dispatch } = platform;
  const channel = world.channels.get(message.channelId);
  if (!channel || !isHeard(platform, channel)) return;
  const isPrivate = message.ephemeralTo !== null;
  dispatch({
    t,
    d: messagePayload(world, message, { gateway: true }),
    ...((needsIntent(world, message) || message.referenceId !== null) && {
      bare: messagePayload(world, message, { gateway: true, bare: true }),
    }),
    intent: isPrivate
      ? Intent.DirectMessages
      : intentIn(channel, Intent.GuildMessages, Intent.DirectMessages),
    serverId: isPrivate ? null : channel.serverId,
  });
}

/** MESSAGE_DELETE for one, MESSAGE_DELETE_BULK for several. */
export function announceDeletion(
  platform: Platform,
  channel: Channel,
  ids: readonly string[],
  bulk: boolean,
): void {
  if (!isHeard(platform, channel)) return;
  platform.dispatch({
    t: bulk ? Event.MessageDeleteBulk : Event.MessageDelete,
    d: {
      ...(bulk ? { ids } : { id: ids[0] }),
      channel_id: channel.id,
      ...(channel.serverId !== null && { guild_id: channel.serverId }),
    },
    intent: intentIn(channel, Intent.GuildMessages, Intent.DirectMessages),
    serverId: channel.serverId,
  });
}

/** TYPING_START. */
export function announceTyping(platform: Platform, channel: Channel, userId: string): void {
  if (!isHeard(platform, channel)) return;
  platform.dispatch({
    t: Event.TypingStart,
    d: {
      channel_id: channel.id,
      user_id: userId,
      timestamp: Math.floor(Date.now() / 1000),
      ...(channel.serverId !== null && {
        guild_id: channel.serverId,
        member: memberOf(platform.world, channel, userId),
      }),
    },
    intent: intentIn(channel, Intent.GuildMessageTyping, Intent.DirectMessageTyping),
    serverId: channel.serverId,
  });
}

/** MESSAGE_REACTION_ADD or MESSAGE_REACTION_REMOVE. */
export function announceReaction(
  platform: Platform,
  t: Event.MessageReactionAdd | Event.MessageReactionRemove,
  message: Message,
  userId: string,
  emoji: string,
): void {
  const channel = platform.world.channels.get(message.channelId);
  if (!channel || !isHeard(platform, channel)) return;
  const member = memberOf(platform.world, channel, userId);
  platform.dispatch({
    t,
    d: {
      user_id: userId,
      channel_id: channel.id,
      message_id: message.id,
      message_author_id: message.author.id,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...(channel.serverId !== null && { guild_id: channel.serverId }),
      ...(t === Event.MessageReactionAdd && member && { member }),
    },
    intent: intentIn(channel, Intent.GuildMessageReactions, Intent.DirectMessageReactions),
    serverId: channel.serverId,
  });
}

/** CHANNEL_CREATE, CHANNEL_UPDATE, CHANNEL_DELETE and their THREAD_ sisters, by the kind of channel. */
export function announceChannel(
  platform: Platform,
  change: 'CREATE' | 'UPDATE' | 'DELETE',
  channel: Channel,
  extra: object = {},
): void {
  if (channel.serverId === null || !isInside(platform, channel.serverId)) return;
  if (channel.thread && !isHeard(platform, channel)) return;
  platform.dispatch({
    t: `${channel.thread ? 'THREAD' : 'CHANNEL'}_${change}`,
    d: { ...channelPayload(platform.world, channel), ...extra },
    intent: Intent.Guilds,
    serverId: channel.serverId,
  });
}

/** THREAD_LIST_SYNC: the open threads of a channel the bot may see from now on. */
export function announceThreads(platform: Platform, channel: Channel): void {
  const { world, dispatch } = platform;
  const threads = [...world.channels.values()].filter(
    (one) => one.parentId === channel.id && one.thread && !one.thread.archived && isHeard(platform, one),
  );
  const joined = threads.filter((thread) => thread.thread?.members.has(world.bot.id));
  dispatch({
    t: Event.ThreadListSync,
    d: {
      guild_id: channel.serverId,
      channel_ids: [channel.id],
      threads: threads.map((thread) => channelPayload(world, thread)),
      members: joined.map((thread) => threadMemberPayload(thread, world.bot.id)),
    },
    intent: Intent.Guilds,
    serverId: channel.serverId,
  });
}

/** WEBHOOKS_UPDATE: it names the channel and nothing else. */
export function announceWebhooks(platform: Platform, channel: Channel): void {
  if (channel.serverId === null || !isInside(platform, channel.serverId)) return;
  platform.dispatch({
    t: Event.WebhooksUpdate,
    d: { guild_id: channel.serverId, channel_id: channel.id },
    intent: Intent.GuildWebhooks,
    serverId: channel.serverId,
  });
}

/** Anything about a server as a whole: GUILD_CREATE, GUILD_DELETE, GUILD_ROLE_UPDATE, GUILD_MEMBER_UPDATE… */
export function announceServer(
  platform: Platform,
  t: string,
  serverId: string,
  d: object,
  intent: number = Intent.Guilds,
) {
  // The news that it has left reaches the bot after it has.
  if (t !== Event.GuildDelete && !isInside(platform, serverId)) return;
  platform.dispatch({ t, d, intent, serverId });
}
