import { type APIMessage, ChannelType, MessageType, type REST, Routes, type ThreadChannel } from 'discord.js';
import type { Place } from '../../../engine/command/command.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import { missingForNewThread, missingPermissionsText } from '../access/permissions.ts';
import { sceneIdOf } from '../scene-place.ts';
import { isForAdults, type ServerInteraction } from './interaction-facts.ts';

const LONGEST_TITLE = 100;
const LOOK_BACK = 20;

/**
 * Opens a thread for a scene in the channel where this was typed; in a thread, beside it, and as private
 * as that one is.
 * @throws OperatorError where the bot may not, PlayerError where there can be none
 */
export async function openSceneThread(interaction: ServerInteraction, title: string): Promise<Place> {
  const { channel, guild, user } = interaction;
  const parent = channel?.isThread() ? channel.parent : channel;
  const name = title.slice(0, LONGEST_TITLE).trim() || 'A scene';
  const allowed = parent && guild.members.me && parent.permissionsFor(guild.members.me);
  const isPrivate = channel?.type === ChannelType.PrivateThread;
  const inForum = parent?.isThreadOnly() ?? false;
  const missing = allowed ? missingForNewThread(allowed.bitfield, { inForum, isPrivate }) : [];
  if (missing.length > 0) throw new OperatorError(missingPermissionsText(missing));
  const parts = { name, reason: 'A scene of its own was asked for' };
  const thread = await threadIn(parent, parts, isPrivate);
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
    ...(parent.parentId === null ? {} : { category: parent.parentId }),
    quiet: true,
    ageRestricted: isForAdults(parent),
  };
}

/** Where the interaction was typed, or the channel that its thread is in. */
type Parent = ServerInteraction['channel'] | ThreadChannel['parent'];

/** Undefined where there can be none. */
async function threadIn(
  parent: Parent,
  parts: { readonly name: string; readonly reason: string },
  isPrivate: boolean,
): Promise<ThreadChannel | undefined> {
  switch (parent?.type) {
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return parent.threads.create({ ...parts, message: { content: parts.name } });
    case ChannelType.GuildText:
      return parent.threads.create({
        ...parts,
        type: isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
      });
    case ChannelType.GuildAnnouncement:
      return parent.threads.create({ ...parts, type: ChannelType.AnnouncementThread });
    default:
      return undefined;
  }
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
