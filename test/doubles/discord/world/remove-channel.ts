import { announceChannel } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import type { Channel } from './entities.ts';

/** Deletes a channel or thread with its threads, messages and webhooks. */
export function removeChannel(platform: Platform, channel: Channel): void {
  const { world } = platform;
  for (const thread of [...world.channels.values()].filter(
    (one) => one.thread && one.parentId === channel.id,
  )) {
    removeChannel(platform, thread);
  }
  announceChannel(platform, 'DELETE', channel);
  world.channels.delete(channel.id);
  for (const webhook of [...world.webhooks.values()]) {
    if (webhook.channelId === channel.id) world.webhooks.delete(webhook.id);
  }
  for (const message of world.messages.values()) {
    if (message.channelId === channel.id) message.deleted = true;
  }
}
