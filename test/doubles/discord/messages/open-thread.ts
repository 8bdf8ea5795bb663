import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { announceChannel } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import { addChannelTo } from '../world/add-channel.ts';
import type { Channel, Message } from '../world/entities.ts';
import { touchMessage } from './change-message.ts';
import { postMessage } from './post-message.ts';

type ThreadPlan = {
  readonly parent: Channel;
  readonly name: string;
  readonly ownerId: string;
  readonly isPrivate?: boolean;
  /** Opened from this message: the thread takes its id. */
  readonly from?: Message;
  readonly autoArchiveMinutes?: number;
  readonly appliedTags?: readonly string[];
};

/**
 * Opens a thread, or a forum post without its first message. THREAD_CREATE goes to the bot; in a text channel a
 * line says that there is a thread now, and one opened from a message begins with a line that stands for it.
 */
export function openThread(platform: Platform, plan: ThreadPlan): Channel {
  const { world, journal } = platform;
  const { parent, from, ownerId } = plan;
  const thread = addChannelTo(world, {
    id: from?.id ?? world.nextId(),
    type: typeOf(parent, plan.isPrivate ?? false),
    serverId: parent.serverId,
    parentId: parent.id,
    name: plan.name,
    ownerId,
    thread: {
      archived: false,
      locked: false,
      archivedAt: Date.now(),
      autoArchiveMinutes: plan.autoArchiveMinutes ?? 4320,
      members: new Set([ownerId]),
      appliedTags: [...(plan.appliedTags ?? [])],
    },
  });
  announceChannel(platform, 'CREATE', thread, { newly_created: true });
  journal.record({ kind: 'thread-created', threadId: thread.id, parentId: parent.id });
  const author = { kind: 'user', id: ownerId } as const;
  if (from) {
    from.threadId = thread.id;
    from.flags |= MessageFlags.HasThread;
    touchMessage(platform, from);
    postMessage(platform, {
      channel: thread,
      author,
      type: MessageType.ThreadStarterMessage,
      reference: from,
    });
  } else if (parent.type !== ChannelType.GuildForum && !plan.isPrivate) {
    postMessage(platform, { channel: parent, author, type: MessageType.ThreadCreated, content: plan.name });
  }
  return thread;
}

function typeOf(parent: Channel, isPrivate: boolean): ChannelType {
  if (isPrivate) return ChannelType.PrivateThread;
  return parent.type === ChannelType.GuildAnnouncement
    ? ChannelType.AnnouncementThread
    : ChannelType.PublicThread;
}
