import { ChannelType } from 'discord-api-types/v10';
import type { Channel, User } from './entities.ts';
import type { World } from './world.ts';

/** The direct-message channel between someone and the bot: one per person, made when first needed. */
export function openDirectChannel(world: World, user: User): Channel {
  for (const channel of world.channels.values()) {
    if (channel.recipientId === user.id) return channel;
  }
  return addChannelTo(world, { type: ChannelType.DM, recipientId: user.id });
}

/** Adds a channel with everything left out at its default. */
export function addChannelTo(world: World, parts: Partial<Channel> & Pick<Channel, 'type'>): Channel {
  const channel: Channel = {
    id: parts.id ?? world.nextId(),
    serverId: null,
    parentId: null,
    name: '',
    topic: null,
    nsfw: false,
    slowmodeSeconds: 0,
    requireTag: false,
    tags: [],
    overwrites: new Map(),
    ownerId: null,
    thread: null,
    recipientId: null,
    ...parts,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
