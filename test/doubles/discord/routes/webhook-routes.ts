import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import { z } from 'zod';
import { announceWebhooks } from '../gateway/announce.ts';
import { webhookPayload } from '../payloads/channel-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, snowflake } from '../rules/form.ts';
import { imageData, webhookName } from '../rules/name-rules.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type RestRequest, type Route } from '../wire/router.ts';
import type { Webhook } from '../world/entities.ts';
import { createWebhook, deleteWebhook, moveWebhook } from '../world/webhooks.ts';
import { reachChannel, reachServer, requireIn } from './access.ts';

const creation = z.object({ name: webhookName, avatar: imageData.nullish() });
const change = z.object({
  name: webhookName.optional(),
  avatar: imageData.nullish(),
  channel_id: snowflake.optional(),
});

/** Webhooks as things: made and listed with the bot's token, each changed with that or with its own. */
export function webhookRoutes(platform: Platform): Route[] {
  const { world } = platform;
  const withUser = { withUser: true };

  /** By id alone one must be allowed to manage webhooks; to look at one, having made it is enough. */
  function reachAsBot(request: RestRequest, purpose: 'look' | 'change'): Webhook {
    const webhook = world.webhooks.get(param(request, 'webhook'));
    if (!webhook) throw refusal(Code.UnknownWebhook);
    const channel = world.channels.get(webhook.channelId);
    const isEnough = purpose === 'look' && webhook.applicationId === world.bot.id;
    if (channel && !isEnough) requireIn(platform, channel, 'ManageWebhooks');
    return webhook;
  }

  function apply(webhook: Webhook, request: RestRequest, mayMove: boolean): void {
    const form = readForm(change, request.body);
    webhook.name = form.name ?? webhook.name;
    webhook.avatar = form.avatar === undefined ? webhook.avatar : avatarHash(form.avatar);
    const target = mayMove && form.channel_id ? world.channels.get(form.channel_id) : undefined;
    if (mayMove && form.channel_id && !target) throw refusal(Code.UnknownChannel);
    const channel = world.channels.get(webhook.channelId);
    if (target) moveWebhook(platform, webhook, target);
    else if (channel) announceWebhooks(platform, channel);
  }

  return [
    {
      method: 'POST',
      path: '/channels/:channel/webhooks',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ManageWebhooks');
        if (channel.thread) throw refusal(Code.CannotExecuteActionOnThisChannelType);
        const form = readForm(creation, request.body);
        const present = [...world.webhooks.values()].filter((webhook) => webhook.channelId === channel.id);
        if (present.length >= 15) throw refusal(Code.MaximumNumberOfWebhooksReached);
        const webhook = createWebhook(platform, channel, {
          name: form.name,
          avatar: avatarHash(form.avatar),
          applicationId: world.bot.id,
          creatorId: world.bot.id,
        });
        return webhookPayload(world, webhook, withUser);
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/webhooks',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ManageWebhooks');
        const present = [...world.webhooks.values()].filter((webhook) => webhook.channelId === channel.id);
        return present.map((webhook) => webhookPayload(world, webhook, withUser));
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/webhooks',
      bucket: 'default',
      handle(request) {
        const server = reachServer(platform, request, 'ManageWebhooks');
        const present = [...world.webhooks.values()].filter((webhook) => webhook.serverId === server.id);
        return present.map((webhook) => webhookPayload(world, webhook, withUser));
      },
    },
    {
      method: 'GET',
      path: '/webhooks/:webhook',
      bucket: 'default',
      handle: (request) => webhookPayload(world, reachAsBot(request, 'look'), withUser),
    },
    {
      method: 'PATCH',
      path: '/webhooks/:webhook',
      bucket: 'default',
      handle(request) {
        const webhook = reachAsBot(request, 'change');
        apply(webhook, request, true);
        return webhookPayload(world, webhook, withUser);
      },
    },
    {
      method: 'DELETE',
      path: '/webhooks/:webhook',
      bucket: 'default',
      handle(request) {
        deleteWebhook(platform, reachAsBot(request, 'change'));
        return undefined;
      },
    },
    {
      method: 'GET',
      path: '/webhooks/:webhook/:token',
      bucket: 'webhook-edits',
      auth: 'token',
      handle: (request) => webhookPayload(world, reachByToken(platform, request), { withUser: false }),
    },
    {
      method: 'PATCH',
      path: '/webhooks/:webhook/:token',
      bucket: 'webhook-edits',
      auth: 'token',
      handle(request) {
        const webhook = reachByToken(platform, request);
        apply(webhook, request, false);
        return webhookPayload(world, webhook, { withUser: false });
      },
    },
    {
      method: 'DELETE',
      path: '/webhooks/:webhook/:token',
      bucket: 'webhook-edits',
      auth: 'token',
      handle(request) {
        deleteWebhook(platform, reachByToken(platform, request));
        return undefined;
      },
    },
  ];
}

/** The webhook in the address: 10015 when it is gone, 50027 when the token is not its own. */
export function reachByToken({ world }: Platform, request: RestRequest): Webhook {
  const webhook = world.webhooks.get(param(request, 'webhook'));
  if (!webhook) throw refusal(Code.UnknownWebhook);
  if (webhook.token !== param(request, 'token')) throw refusal(Code.InvalidWebhookToken);
  return webhook;
}

function avatarHash(image: string | null | undefined): string | null {
  return image ? image.length.toString(16).padStart(32, '0') : null;
}
