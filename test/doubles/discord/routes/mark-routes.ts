import { GatewayDispatchEvents as Event, MessageType } from 'discord-api-types/v10';
import { announceReaction, announceServer } from '../gateway/announce.ts';
import { touchMessage } from '../messages/change-message.ts';
import { postMessage } from '../messages/post-message.ts';
import { userPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import { limitOf, param, type RestRequest, type Route } from '../wire/router.ts';
import type { Author, Channel, Message } from '../world/entities.ts';
import { messagesIn } from '../world/world.ts';
import { reachChannel, reachMessage } from './access.ts';
import { asRead } from './message-routes.ts';

/** Pins and reactions: marks on messages that are there. */
export function markRoutes(platform: Platform): Route[] {
  const { world } = platform;
  const pinsOf = (channel: Channel) =>
    messagesIn(world, channel.id)
      .filter((message) => message.pinnedAt !== null)
      .sort((a, b) => (b.pinnedAt ?? 0) - (a.pinnedAt ?? 0));

  function setPin(request: RestRequest, pinned: boolean): undefined {
    const channel = reachChannel(platform, request, 'PinMessages');
    pinMessage(platform, channel, reachMessage(platform, request, channel), pinned, {
      kind: 'user',
      id: world.bot.id,
    });
  }

  function react(request: RestRequest, on: boolean): undefined {
    const channel = reachChannel(
      platform,
      request,
      'ReadMessageHistory',
      ...(on ? (['AddReactions'] as const) : []),
    );
    setReaction(
      platform,
      reachMessage(platform, request, channel),
      world.bot.id,
      param(request, 'emoji'),
      on,
    );
  }

  return [
    {
      method: 'GET',
      path: '/channels/:channel/messages/pins',
      bucket: 'channel',
      handle(request) {
        const pins = pinsOf(reachChannel(platform, request, 'ReadMessageHistory'));
        const items = pins.slice(0, limitOf(request, 50, 50)).map((message) => ({
          pinned_at: new Date(message.pinnedAt ?? 0).toISOString(),
          message: asRead(platform, message),
        }));
        return { items, has_more: items.length < pins.length };
      },
    },
    ...['/channels/:channel/messages/pins/:message', '/channels/:channel/pins/:message'].flatMap(
      (path): Route[] => [
        { method: 'PUT', path, bucket: 'channel', handle: (request) => setPin(request, true) },
        { method: 'DELETE', path, bucket: 'channel', handle: (request) => setPin(request, false) },
      ],
    ),
    {
      method: 'PUT',
      path: '/channels/:channel/messages/:message/reactions/:emoji/@me',
      bucket: 'channel',
      handle: (request) => react(request, true),
    },
    {
      method: 'DELETE',
      path: '/channels/:channel/messages/:message/reactions/:emoji/@me',
      bucket: 'channel',
      handle: (request) => react(request, false),
    },
    {
      method: 'DELETE',
      path: '/channels/:channel/messages/:message/reactions/:emoji/:user',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ReadMessageHistory', 'ManageMessages');
        const message = reachMessage(platform, request, channel);
        setReaction(platform, message, param(request, 'user'), param(request, 'emoji'), false);
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/messages/:message/reactions/:emoji',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ReadMessageHistory');
        const users = reachMessage(platform, request, channel).reactions.get(param(request, 'emoji')) ?? [];
        return [...users].flatMap((id) => world.users.get(id) ?? []).map(userPayload);
      },
    },
  ];
}

/** Pins or unpins, for whoever may; a pin shows as a line of its own in the channel. */
export function pinMessage(
  platform: Platform,
  channel: Channel,
  message: Message,
  pinned: boolean,
  by: Author,
): void {
  if ((message.pinnedAt !== null) === pinned) return;
  message.pinnedAt = pinned ? Date.now() : null;
  touchMessage(platform, message);
  if (channel.serverId !== null) {
    announceServer(platform, Event.ChannelPinsUpdate, channel.serverId, {
      guild_id: channel.serverId,
      channel_id: channel.id,
      last_pin_timestamp: pinned ? new Date().toISOString() : null,
    });
  }
  if (pinned) {
    postMessage(platform, {
      channel,
      author: by,
      type: MessageType.ChannelPinnedMessage,
      reference: message,
    });
  }
}

/** Adds or takes back one person's reaction. */
export function setReaction(
  platform: Platform,
  message: Message,
  userId: string,
  emoji: string,
  on: boolean,
): void {
  const users = message.reactions.get(emoji) ?? new Set();
  if (users.has(userId) === on) return;
  if (on) users.add(userId);
  else users.delete(userId);
  if (users.size > 0) message.reactions.set(emoji, users);
  else message.reactions.delete(emoji);
  announceReaction(
    platform,
    on ? Event.MessageReactionAdd : Event.MessageReactionRemove,
    message,
    userId,
    emoji,
  );
}
