import { randomBytes } from 'node:crypto';
import { announceWebhooks } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import type { Channel, Webhook } from './entities.ts';

/** Makes a webhook in a channel, for an application (the bot's own) or for a person (`applicationId` null). */
export function createWebhook(
  platform: Platform,
  channel: Channel,
  parts: Pick<Webhook, 'name' | 'avatar' | 'applicationId' | 'creatorId'>,
): Webhook {
  const { world, journal } = platform;
  if (channel.serverId === null) throw new Error('There are no webhooks in direct messages.');
  const webhook: Webhook = {
    ...parts,
    id: world.nextId(),
    token: randomBytes(51).toString('base64url'),
    channelId: channel.id,
    serverId: channel.serverId,
  };
  world.webhooks.set(webhook.id, webhook);
  announceWebhooks(platform, channel);
  journal.record({ kind: 'webhook-created', webhookId: webhook.id, channelId: channel.id });
  return webhook;
}

/** Removes a webhook; whoever still has its address gets 10015. */
export function deleteWebhook(platform: Platform, webhook: Webhook): void {
  const { world, journal } = platform;
  world.webhooks.delete(webhook.id);
  const channel = world.channels.get(webhook.channelId);
  if (channel) announceWebhooks(platform, channel);
  journal.record({ kind: 'webhook-deleted', webhookId: webhook.id, channelId: webhook.channelId });
}

/** Moves a webhook to another channel of its server, as an admin may at any time. Both channels are announced. */
export function moveWebhook(platform: Platform, webhook: Webhook, channel: Channel): void {
  const from = platform.world.channels.get(webhook.channelId);
  webhook.channelId = channel.id;
  if (from) announceWebhooks(platform, from);
  announceWebhooks(platform, channel);
}
