import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import { answerInteraction } from '../interactions/answer-interaction.ts';
import type { Interaction } from '../interactions/interaction.ts';
import {
  callbackPayload,
  deleteReply,
  editReply,
  followUp,
  reachReply,
} from '../interactions/interaction-messages.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type RestRequest, type Route } from '../wire/router.ts';
import type { Webhook } from '../world/entities.ts';
import {
  deleteWebhookMessage,
  editWebhookMessage,
  executeWebhook,
  reachWebhookMessage,
} from './webhook-messages.ts';
import { reachByToken } from './webhook-routes.ts';

type Holder = { readonly interaction: Interaction } | { readonly webhook: Webhook };

/**
 * What is said through a token. Webhooks and interactions share their addresses: under the application's own id
 * the token is an interaction's, under any other id a webhook's.
 */
export function tokenRoutes(platform: Platform): Route[] {
  const { world, interactions, settings } = platform;

  function holderOf(request: RestRequest): Holder {
    if (param(request, 'webhook') !== world.bot.id) return { webhook: reachByToken(platform, request) };
    const interaction = [...interactions.values()].find((one) => one.token === param(request, 'token'));
    const isExpired = interaction && Date.now() - interaction.openedAt > settings.interactionTokenMs;
    if (!interaction || isExpired) throw refusal(Code.InvalidWebhookToken);
    if (interaction.answer === null) throw refusal(Code.UnknownWebhook);
    return { interaction };
  }

  const route = (
    method: Route['method'],
    path: string,
    bucket: Route['bucket'],
    forInteraction: (interaction: Interaction, request: RestRequest) => object | undefined,
    forWebhook: (webhook: Webhook, request: RestRequest) => object | undefined,
  ): Route => ({
    method,
    path,
    bucket,
    auth: 'token',
    handle(request) {
      const holder = holderOf(request);
      return 'webhook' in holder
        ? forWebhook(holder.webhook, request)
        : forInteraction(holder.interaction, request);
    },
  });
  const messages = '/webhooks/:webhook/:token/messages/:message';

  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      bucket: 'none',
      auth: 'token',
      handle(request) {
        const interaction = interactions.get(param(request, 'interaction'));
        const isOurs = interaction?.token === param(request, 'token');
        answerInteraction(platform, isOurs ? interaction : undefined, request);
        if (request.query.get('with_response') !== 'true' || !interaction) return undefined;
        return callbackPayload(platform, interaction);
      },
    },
    route(
      'POST',
      '/webhooks/:webhook/:token',
      'webhook-execute',
      (interaction, request) => followUp(platform, interaction, request),
      (webhook, request) => executeWebhook(platform, webhook, request),
    ),
    route(
      'GET',
      messages,
      'webhook-edits',
      (interaction, request) => messagePayload(world, reachReply(platform, interaction, request)),
      (webhook, request) => messagePayload(world, reachWebhookMessage(platform, webhook, request)),
    ),
    route(
      'PATCH',
      messages,
      'webhook-edits',
      (interaction, request) => editReply(platform, interaction, request),
      (webhook, request) => editWebhookMessage(platform, webhook, request),
    ),
    route(
      'DELETE',
      messages,
      'webhook-edits',
      (interaction, request) => deleteReply(platform, interaction, request),
      (webhook, request) => deleteWebhookMessage(platform, webhook, request),
    ),
  ];
}
