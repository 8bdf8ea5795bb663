import {
  type APIMessage,
  ChannelType,
  MessageType,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import type { Place } from '../../../engine/command/command.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import { createThreads, missingPermissionsText } from '../access/permissions.ts';
import { sceneIdOf } from '../scene-place.ts';
import type { ServerInteraction } from './interaction-facts.ts';

const LONGEST_TITLE = 100;
const LOOK_BACK = 20;

/**
 * Opens a thread for a scene in the channel where this was typed; in a thread, beside it.
 * @throws OperatorError where the bot may not, PlayerError where there can be none
 */
export async function openSceneThread(interaction: ServerInteraction, title: string): Promise<Place> {
  const { channel, guild, user } = interaction;
  const parent = channel?.isThread() ? channel.parent : channel;
  const name = title.slice(0, LONGEST_TITLE).trim() || 'A scene';
  const allowed = parent && guild.members.me && parent.permissionsFor(guild.members.me);
  if (allowed && !allowed.has(PermissionFlagsBits.CreatePublicThreads)) {
    throw new OperatorError(missingPermissionsText([createThreads.name]));
  }
  const reason = 'A scene of its own was asked for';
  const thread =
    parent?.type === ChannelType.GuildForum || parent?.type === ChannelType.GuildMedia
      ? await parent.threads.create({ name, reason, message: { content: name } })
      : parent?.type === ChannelType.GuildText
        ? await parent.threads.create({ name, reason, type: ChannelType.PublicThread })
        : undefined;
  if (!parent || !thread) {
    throw new PlayerError(
      'There are no threads in a channel like this. Leave out thread, or use a text channel.',
    );
  }
  await thread.members.add(user.id);
  return {
    scene: sceneIdOf(thread.id),
    stage: 'discord',
    server: guild.id,
    serverOwner: guild.ownerId,
    parent: parent.id,
    quiet: true,
  };
}

/** Nobody talked here lately: a channel set aside for scenes, or a new one. A forum post's first message opens it. */
export async function isQuiet(rest: REST, channel: string): Promise<boolean> {
  const query = new URLSearchParams({ limit: String(LOOK_BACK) });
  const last = (await rest.get(Routes.channelMessages(channel), { query })) as readonly APIMessage[];
  const talk = [MessageType.Default, MessageType.Reply];
  return !last.some(
    ({ id, author, webhook_id, type }) =>
      id !== channel && !author.bot && webhook_id === undefined && talk.includes(type),
  );
}
