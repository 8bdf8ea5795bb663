import type { Channel, Message } from '../world/entities.ts';
import { snowflakeTime } from '../world/snowflake.ts';
import type { World } from '../world/world.ts';
import { channelPayload } from './channel-payload.ts';
import { authorPayload, memberPayload, partialMemberPayload, userPayload } from './user-payload.ts';

type MessageView = {
  /** Without the Message Content intent: content, embeds, attachments and components come empty. */
  readonly bare?: boolean;
  /** Gateway messages also name the server, the member and the channel's type. */
  readonly gateway?: boolean;
};

/** A message as it travels. */
export function messagePayload(world: World, message: Message, view: MessageView = {}): object {
  const channel = world.channels.get(message.channelId);
  const { author } = message;
  const isHidden = view.bare && needsIntent(world, message);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: authorPayload(world, author),
    content: isHidden ? '' : message.content,
    embeds: isHidden ? [] : message.embeds,
    components: isHidden ? [] : message.components,
    attachments: isHidden ? [] : message.attachments,
    timestamp: new Date(snowflakeTime(message.id)).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: message.mentions.everyone,
    mentions: message.mentions.users.map((id) => mentionPayload(world, channel, id, view)),
    mention_roles: message.mentions.roles,
    pinned: message.pinnedAt !== null,
    flags: message.flags,
    reactions: reactionsPayload(world, message),
    ...(message.nonce !== null && { nonce: message.nonce }),
    ...(author.kind === 'webhook' && { webhook_id: author.id }),
    ...applicationPart(world, message),
    ...referencePart(world, message, view),
    ...(message.threadId !== null && threadPart(world, message.threadId)),
    ...(view.gateway && channel && gatewayPart(world, message, channel)),
  };
}

/**
 * Whether an app without the intent is refused what this message says. It is given what it wrote itself, what is
 * said in DMs and what mentions it; everything else comes empty.
 */
export function needsIntent(world: World, message: Message): boolean {
  const { author } = message;
  const isOwn = author.kind === 'user' ? author.id === world.bot.id : author.applicationId === world.bot.id;
  const isDirect = world.channels.get(message.channelId)?.serverId === null;
  return !isOwn && !isDirect && !message.mentions.users.includes(world.bot.id);
}

function gatewayPart(world: World, message: Message, channel: Channel): object {
  // What one person alone sees travels as if it were a DM: without server and member.
  if (channel.serverId === null || message.ephemeralTo !== null) return { channel_type: channel.type };
  const member =
    message.author.kind === 'user'
      ? world.servers.get(channel.serverId)?.members.get(message.author.id)
      : undefined;
  return {
    guild_id: channel.serverId,
    channel_type: channel.type,
    ...(member && { member: partialMemberPayload(member) }),
  };
}

function applicationPart(world: World, message: Message): object {
  const { author, interaction } = message;
  if (!interaction) {
    return author.kind === 'webhook' && author.applicationId !== null
      ? { application_id: author.applicationId }
      : {};
  }
  const user = world.users.get(interaction.userId);
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      ...(interaction.name !== null && { name: interaction.name }),
      user: user && userPayload(user),
      authorizing_integration_owners: {},
    },
  };
}

function referencePart(world: World, message: Message, view: MessageView): object {
  if (message.referenceId === null) return {};
  const referenced = world.messages.get(message.referenceId);
  const isThere = referenced && !referenced.deleted;
  const serverId = world.channels.get(message.channelId)?.serverId;
  return {
    message_reference: {
      type: 0,
      message_id: message.referenceId,
      channel_id: referenced?.channelId ?? message.channelId,
      ...(serverId && { guild_id: serverId }),
    },
    referenced_message: isThere
      ? messagePayload(world, withoutReference(referenced), { bare: view.bare ?? false })
      : null,
  };
}

function withoutReference(message: Message): Message {
  return { ...message, referenceId: null };
}

function threadPart(world: World, threadId: string): object {
  const thread = world.channels.get(threadId);
  return thread ? { thread: channelPayload(world, thread) } : {};
}

function mentionPayload(
  world: World,
  channel: Channel | undefined,
  userId: string,
  view: MessageView,
): object {
  const user = authorPayload(world, { kind: 'user', id: userId });
  const member = channel?.serverId ? world.servers.get(channel.serverId)?.members.get(userId) : undefined;
  return view.gateway && member ? { ...user, member: partialMemberPayload(member) } : user;
}

function reactionsPayload(world: World, message: Message): object[] {
  return [...message.reactions].map(([emoji, users]) => ({
    emoji: { id: null, name: emoji },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(world.bot.id),
    me_burst: false,
  }));
}

/** The invoker beside an interaction or a reaction. */
export function memberOf(world: World, channel: Channel, userId: string): object | undefined {
  const member =
    channel.serverId === null ? undefined : world.servers.get(channel.serverId)?.members.get(userId);
  return member && memberPayload(world, member);
}
