import { MessageType } from 'discord-api-types/v10';
import { announceTyping } from '../gateway/announce.ts';
import { storeFile } from '../messages/attachments.ts';
import { deleteMessages, editMessage } from '../messages/change-message.ts';
import { openThread } from '../messages/open-thread.ts';
import { postMessage } from '../messages/post-message.ts';
import { type SeenMessage, seeMessage } from '../messages/see-message.ts';
import type { Platform } from '../platform.ts';
import { pinMessage, setReaction } from '../routes/mark-routes.ts';
import type { Channel, Message } from '../world/entities.ts';
import { may, type PermissionName, sendPermission } from '../world/permissions.ts';
import { idOf, type Ref } from '../world/snowflake.ts';
import { messagesIn } from '../world/world.ts';

export type SentFile = {
  readonly name: string;
  readonly data: Buffer | string;
  readonly contentType?: string;
};

/** Finds what a person acts on; a test that names what is not there has a mistake, and is told so. */
export function createLookup({ world }: Platform) {
  return {
    channel(ref: Ref, userId: string, ...needed: PermissionName[]): Channel {
      const channel = world.channels.get(idOf(ref));
      if (!channel) throw new Error(`There is no channel ${idOf(ref)} on this Discord.`);
      if (!may(world, channel, userId, ['ViewChannel', ...needed])) {
        const name = world.users.get(userId)?.username ?? userId;
        throw new Error(
          `${name} may not do this here (needs ${['ViewChannel', ...needed].join(', ')}; a member?).`,
        );
      }
      return channel;
    },
    message(ref: Ref): Message {
      const message = world.messages.get(idOf(ref));
      if (!message || message.deleted) throw new Error(`There is no message ${idOf(ref)} on this Discord.`);
      return message;
    },
  };
}

export type People = ReturnType<typeof createPeople>;

/** What people do in channels. Each acts at once: when the call returns it has happened and is on its way. */
export function createPeople(platform: Platform) {
  const { world } = platform;
  const find = createLookup(platform);

  function own(ref: Ref, user: Ref): Message {
    const message = find.message(ref);
    if (message.author.id !== idOf(user)) throw new Error('People can only edit what they wrote themselves.');
    return message;
  }

  return {
    /**
     * Someone writes. A reply rings for the author unless `ping` is false; `mentions` are put before the text
     * unless it has them.
     */
    say(
      channel: Ref,
      user: Ref,
      content: string,
      options: { replyTo?: Ref; ping?: boolean; mentions?: readonly Ref[]; files?: readonly SentFile[] } = {},
    ): SeenMessage {
      const place = find.channel(channel, idOf(user));
      find.channel(channel, idOf(user), sendPermission(place));
      const reference = options.replyTo ? find.message(options.replyTo) : null;
      const missing = (options.mentions ?? [])
        .map((one) => `<@${idOf(one)}>`)
        .filter((one) => !content.includes(one));
      const message = postMessage(platform, {
        channel: place,
        author: { kind: 'user', id: idOf(user) },
        content: [...missing, content].join(' '),
        reference,
        allowed: { parse: ['users', 'roles', 'everyone'], replied_user: options.ping ?? true },
        attachments: (options.files ?? []).map(({ name, data, contentType = 'application/octet-stream' }) =>
          storeFile(platform, place.id, { name, data: Buffer.from(data), contentType }, null),
        ),
      });
      place.thread?.members.add(idOf(user));
      return seeMessage(world, message);
    },

    /** Another bot's webhook writes, as proxy bots do. */
    webhookSays(
      webhook: Ref,
      content: string,
      options: { username?: string; avatarUrl?: string } = {},
    ): SeenMessage {
      const hook = world.webhooks.get(idOf(webhook));
      const channel = hook && world.channels.get(hook.channelId);
      if (!channel) throw new Error(`There is no webhook ${idOf(webhook)} on this Discord.`);
      const author = {
        kind: 'webhook',
        id: hook.id,
        name: options.username ?? hook.name,
        avatarUrl: options.avatarUrl ?? null,
        applicationId: hook.applicationId,
      } as const;
      return seeMessage(world, postMessage(platform, { channel, author, content }));
    },

    /** Someone joins a server with the usual line about it, which is no one's words. */
    welcome(channel: Ref, user: Ref): SeenMessage {
      const author = { kind: 'user', id: idOf(user) } as const;
      const place = find.channel(channel, idOf(user));
      return seeMessage(world, postMessage(platform, { channel: place, author, type: MessageType.UserJoin }));
    },

    edit(message: Ref, user: Ref, content: string): SeenMessage {
      const one = own(message, user);
      editMessage(platform, one, {
        content,
        allowed: { parse: ['users', 'roles', 'everyone'], replied_user: true },
      });
      return seeMessage(world, one);
    },

    /** Someone deletes a message: their own, or anyone's as a moderator would. */
    remove(message: Ref): void {
      const one = find.message(message);
      const channel = world.channels.get(one.channelId);
      if (channel) deleteMessages(platform, channel, [one]);
    },

    /** A moderator deletes many at once. */
    removeMany(channel: Ref, messages: readonly Ref[]): void {
      const ids = messages.map(idOf);
      const place = world.channels.get(idOf(channel));
      const found = messagesIn(world, idOf(channel)).filter((message) => ids.includes(message.id));
      if (place) deleteMessages(platform, place, found, true);
    },

    react(message: Ref, user: Ref, emoji: string): void {
      setReaction(platform, find.message(message), idOf(user), emoji, true);
    },

    unreact(message: Ref, user: Ref, emoji: string): void {
      setReaction(platform, find.message(message), idOf(user), emoji, false);
    },

    pin(message: Ref, user: Ref): void {
      const one = find.message(message);
      const channel = world.channels.get(one.channelId);
      if (channel) pinMessage(platform, channel, one, true, { kind: 'user', id: idOf(user) });
    },

    /** Someone begins to type. */
    type: (channel: Ref, user: Ref) =>
      announceTyping(platform, find.channel(channel, idOf(user)), idOf(user)),

    /** Someone writes a forum post: a thread whose first message has the thread's id. */
    post(forum: Ref, user: Ref, name: string, content: string): { thread: Channel; message: SeenMessage } {
      const parent = find.channel(forum, idOf(user), 'SendMessages');
      const thread = openThread(platform, { parent, name, ownerId: idOf(user) });
      const author = { kind: 'user', id: idOf(user) } as const;
      const message = postMessage(platform, { channel: thread, author, content, id: thread.id });
      return { thread, message: seeMessage(world, message) };
    },
  };
}
