import { ChannelType, RESTJSONErrorCodes as Code, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { keepAttachments } from '../messages/attachments.ts';
import { deleteMessages, editMessage } from '../messages/change-message.ts';
import { changeOf, draftOf } from '../messages/message-request.ts';
import { openThread } from '../messages/open-thread.ts';
import { postMessage } from '../messages/post-message.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import { everyComponent, isInteractive } from '../rules/component-rules.ts';
import { readForm, snowflake, text } from '../rules/form.ts';
import { type MessageForm, readMessageForm, refuseEmpty } from '../rules/message-rules.ts';
import { imageAddress, webhookName } from '../rules/name-rules.ts';
import { invalidForm, refusal } from '../wire/api-error.ts';
import { param, type RestRequest } from '../wire/router.ts';
import type { Channel, Message, Webhook } from '../world/entities.ts';

const persona = z.object({
  username: webhookName.nullish(),
  avatar_url: z.union([z.literal(''), imageAddress]).nullish(),
  thread_name: text(1, 100).nullish(),
  applied_tags: z.array(snowflake).max(5).nullish(),
});
type Persona = z.output<typeof persona>;

const executeFlags =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Execute Webhook: a message under any name. With `wait=false` nothing comes back. */
export function executeWebhook(
  platform: Platform,
  webhook: Webhook,
  request: RestRequest,
): object | undefined {
  const form = withoutForeignComponents(platform, webhook, request, readMessageForm(request.body));
  const who = readForm(persona, request.body ?? {});
  refuseEmpty(form, request.files.length);
  const { channel, postId } = destination(platform, webhook, request, who);
  const message = postMessage(platform, {
    ...draftOf(form, keepAttachments(platform, channel.id, form, request.files)),
    ...(postId !== null && { id: postId }),
    // Ephemeral is not among them: a webhook speaks to everybody, whatever flags it asks for.
    flags: (form.flags ?? 0) & executeFlags,
    channel,
    author: {
      kind: 'webhook',
      id: webhook.id,
      name: who.username || webhook.name,
      avatarUrl: who.avatar_url || null,
      applicationId: webhook.applicationId,
    },
  });
  return request.query.get('wait') === 'true' ? messagePayload(platform.world, message) : undefined;
}

/** A webhook's own message by id. One in a thread is found only with its `thread_id`. */
export function reachWebhookMessage({ world }: Platform, webhook: Webhook, request: RestRequest): Message {
  const message = world.messages.get(param(request, 'message'));
  const channelId = request.query.get('thread_id') ?? webhook.channelId;
  if (!message || message.deleted || message.channelId !== channelId || message.author.id !== webhook.id) {
    throw refusal(Code.UnknownMessage);
  }
  return message;
}

/** Edits it; name and picture stay what they were, whatever the body says. */
export function editWebhookMessage(platform: Platform, webhook: Webhook, request: RestRequest): object {
  const message = reachWebhookMessage(platform, webhook, request);
  editMessage(platform, message, changeOf(platform, message, request));
  return messagePayload(platform.world, message);
}

/** Deletes it. */
export function deleteWebhookMessage(platform: Platform, webhook: Webhook, request: RestRequest): undefined {
  const message = reachWebhookMessage(platform, webhook, request);
  const channel = platform.world.channels.get(message.channelId);
  if (channel) deleteMessages(platform, channel, [message]);
}

function destination(
  platform: Platform,
  webhook: Webhook,
  request: RestRequest,
  who: Persona,
): { channel: Channel; postId: string | null } {
  const { world } = platform;
  const home = world.channels.get(webhook.channelId);
  if (!home) throw refusal(Code.UnknownChannel);
  const threadId = request.query.get('thread_id');
  const isForum = home.type === ChannelType.GuildForum;
  if (who.thread_name && !isForum) throw refusal(Code.WebhooksCanOnlyCreateThreadsInForumChannels);
  if (isForum && !threadId && !who.thread_name) {
    throw refusal(Code.WebhooksPostedToForumChannelsMustHaveAThreadNameOrThreadId);
  }
  if (isForum && threadId && who.thread_name) {
    throw refusal(Code.WebhooksPostedToForumChannelsCannotHaveBothAThreadNameAndThreadId);
  }
  if (threadId) {
    const thread = world.channels.get(threadId);
    if (!thread?.thread || thread.parentId !== home.id) throw refusal(Code.UnknownChannel);
    if (thread.thread.locked) throw refusal(Code.ThreadLocked);
    return { channel: thread, postId: null };
  }
  if (!who.thread_name) return { channel: home, postId: null };
  if (home.requireTag && !who.applied_tags?.length)
    throw refusal(Code.TagRequiredToCreateAForumPostInThisChannel);
  const post = openThread(platform, {
    parent: home,
    name: who.thread_name,
    ownerId: world.bot.id,
    appliedTags: who.applied_tags ?? [],
  });
  return { channel: post, postId: post.id };
}

/** Only the app's own webhooks carry its buttons; others drop components, or refuse those that could be used. */
function withoutForeignComponents(
  { world }: Platform,
  webhook: Webhook,
  request: RestRequest,
  form: MessageForm,
): MessageForm {
  if (webhook.applicationId === world.bot.id || !form.components?.length) return form;
  if (request.query.get('with_components') !== 'true') return { ...form, components: [] };
  if ([...everyComponent(form.components)].some(isInteractive)) {
    const message = 'Only webhooks owned by an application can send interactive components';
    throw invalidForm([{ path: ['components'], code: 'WEBHOOK_INTERACTIVE_COMPONENTS_FORBIDDEN', message }]);
  }
  return form;
}
