import { RESTJSONErrorCodes as Code, GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { keepAttachments } from '../messages/attachments.ts';
import { deleteMessages, editMessage } from '../messages/change-message.ts';
import { changeOf, draftOf } from '../messages/message-request.ts';
import { postMessage } from '../messages/post-message.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, snowflake } from '../rules/form.ts';
import { type MessageForm, readMessageForm, refuseEmpty } from '../rules/message-rules.ts';
import { refusal } from '../wire/api-error.ts';
import { limitOf, type RestRequest, type Route } from '../wire/router.ts';
import type { Channel, Message } from '../world/entities.ts';
import { may, sendPermission } from '../world/permissions.ts';
import { isOlder, snowflakeTime } from '../world/snowflake.ts';
import { holdsMessages, messagesIn, type World } from '../world/world.ts';
import { reachChannel, reachMessage, requireIn } from './access.ts';

const twoWeeks = 14 * 24 * 3600 * 1000;

/** Messages of the bot's own account, and everyone's as the bot reads them. */
export function messageRoutes(platform: Platform): Route[] {
  const { world } = platform;
  const nonces = new Map<string, string>();

  return [
    {
      method: 'GET',
      path: '/channels/:channel/messages',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request);
        if (!may(world, channel, world.bot.id, ['ReadMessageHistory'])) return [];
        return page(messagesIn(world, channel.id), request).map((message) => asRead(platform, message));
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/messages/:message',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ReadMessageHistory');
        return asRead(platform, reachMessage(platform, request, channel));
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel/messages',
      bucket: 'messages',
      handle(request) {
        const channel = reachChannel(platform, request);
        const form = readMessageForm(request.body);
        refuseEmpty(form, request.files.length);
        requireSend(platform, channel, form, request);
        const key = form.nonce != null && form.enforce_nonce ? `${channel.id}:${form.nonce}` : null;
        const before = key === null ? undefined : world.messages.get(nonces.get(key) ?? '');
        if (before) return messagePayload(world, before);
        const message = postMessage(platform, {
          ...draftOf(form, keepAttachments(platform, channel.id, form, request.files)),
          channel,
          author: { kind: 'user', id: world.bot.id },
          nonce: form.nonce ?? null,
          reference: findReference(world, channel, form),
        });
        if (key !== null) nonces.set(key, message.id);
        return messagePayload(world, message);
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel/messages/bulk-delete',
      bucket: 'message-deletes',
      handle(request) {
        const channel = reachChannel(platform, request, 'ManageMessages');
        if (channel.serverId === null) throw refusal(Code.CannotExecuteActionOnDMChannel);
        const { messages: ids } = readForm(z.object({ messages: z.array(snowflake) }), request.body);
        if (ids.length < 2 || ids.length > 100) throw refusal(Code.ProvidedTooFewOrTooManyMessagesToDelete);
        if (ids.some((id) => Date.now() - snowflakeTime(id) > twoWeeks)) {
          throw refusal(Code.OneOfTheMessagesProvidedWasTooOldForBulkDelete);
        }
        const found = messagesIn(world, channel.id).filter((message) => ids.includes(message.id));
        deleteMessages(platform, channel, found, true);
        return undefined;
      },
    },
    {
      method: 'PATCH',
      path: '/channels/:channel/messages/:message',
      bucket: 'message-edits',
      handle(request) {
        const channel = reachChannel(platform, request);
        const message = reachMessage(platform, request, channel);
        if (!isOwn(world, message)) throw refusal(Code.CannotEditMessageAuthoredByAnotherUser);
        if (channel.thread?.archived) throw refusal(Code.InvalidActionOnArchivedThread);
        editMessage(platform, message, changeOf(platform, message, request));
        return messagePayload(world, message);
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:channel/messages/:message',
      bucket: 'message-deletes',
      handle(request) {
        const channel = reachChannel(platform, request);
        const message = reachMessage(platform, request, channel);
        if (!isOwn(world, message)) requireIn(platform, channel, 'ManageMessages');
        deleteMessages(platform, channel, [message]);
        return undefined;
      },
    },
  ];
}

/** What the bot is told of a message when it asks for it: without the intent, not what others said. */
export function asRead({ world, settings }: Platform, message: Message): object {
  const bare = !(settings.allowedPrivileged & GatewayIntentBits.MessageContent);
  const payload = messagePayload(world, message, { bare });
  // Known bug of Discord's (discord-api-docs#5411): read with the bot's token and without the intent, even the
  // app's own webhook messages may come back empty.
  const isOwnWebhook = message.author.kind === 'webhook';
  return bare && isOwnWebhook
    ? { ...payload, content: '', embeds: [], attachments: [], components: [] }
    : payload;
}

/** Everything that keeps the bot from writing in a channel. */
function requireSend(platform: Platform, channel: Channel, form: MessageForm, request: RestRequest): void {
  if (!holdsMessages(channel)) throw refusal(Code.CannotSendMessagesInNonTextChannel);
  const recipient = platform.world.users.get(channel.recipientId ?? '');
  if (recipient?.dmsClosed) throw refusal(Code.CannotSendMessagesToThisUser);
  requireIn(platform, channel, sendPermission(channel));
  if (form.embeds?.length) requireIn(platform, channel, 'EmbedLinks');
  if (request.files.length > 0) requireIn(platform, channel, 'AttachFiles');
  if (form.message_reference) requireIn(platform, channel, 'ReadMessageHistory');
  const mayOpen = may(platform.world, channel, platform.world.bot.id, ['ManageThreads']);
  if (channel.thread?.locked && !mayOpen) throw refusal(Code.ThreadLocked);
}

function findReference(world: World, channel: Channel, form: MessageForm): Message | null {
  const asked = form.message_reference;
  if (!asked) return null;
  const message = world.messages.get(asked.message_id);
  if (message && !message.deleted && message.channelId === channel.id) return message;
  if (asked.fail_if_not_exists === false) return null;
  throw refusal(Code.UnknownMessage);
}

function isOwn(world: World, message: Message): boolean {
  return message.author.kind === 'user' && message.author.id === world.bot.id;
}

/** A page of messages as Discord cuts it, newest first. `after` takes those that follow it, not the newest. */
function page(messages: readonly Message[], request: RestRequest): Message[] {
  const limit = limitOf(request, 50, 100);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => request.query.get(name));
  if (after) return newer(messages, after).slice(0, limit).reverse();
  if (around) {
    const half = Math.floor(limit / 2);
    const older = messages.filter((message) => isOlder(message.id, around)).slice(-half);
    const rest = messages.filter((message) => !isOlder(message.id, around)).slice(0, limit - half);
    return [...older, ...rest].reverse();
  }
  const upTo = before ? messages.filter((message) => isOlder(message.id, before)) : messages;
  return upTo.slice(-limit).reverse();
}

function newer(messages: readonly Message[], id: string): Message[] {
  return messages.filter((message) => isOlder(id, message.id));
}
