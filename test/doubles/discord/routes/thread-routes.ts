import {
  ChannelType,
  RESTJSONErrorCodes as Code,
  GatewayDispatchEvents as Event,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { announceServer } from '../gateway/announce.ts';
import { keepAttachments } from '../messages/attachments.ts';
import { draftOf } from '../messages/message-request.ts';
import { openThread } from '../messages/open-thread.ts';
import { postMessage } from '../messages/post-message.ts';
import { channelPayload, threadMemberPayload } from '../payloads/channel-payload.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, snowflake, text } from '../rules/form.ts';
import { readMessageForm, refuseEmpty } from '../rules/message-rules.ts';
import { refusal } from '../wire/api-error.ts';
import { limitOf, param, type RestRequest, type Route } from '../wire/router.ts';
import type { Channel } from '../world/entities.ts';
import { may } from '../world/permissions.ts';
import { reachChannel, reachMessage, reachServer } from './access.ts';

const threadForm = z.object({
  name: text(1, 100),
  auto_archive_duration: z.literal([60, 1440, 4320, 10_080]).nullish(),
  type: z.int().optional(),
  applied_tags: z.array(snowflake).max(5).nullish(),
  message: z.unknown().optional(),
});

/** Threads and forum posts: opening, listing, joining, leaving. */
export function threadRoutes(platform: Platform): Route[] {
  const { world } = platform;

  function openPost(request: RestRequest, forum: Channel): object {
    const form = readForm(threadForm, request.body);
    const said = readMessageForm(form.message);
    refuseEmpty(said, request.files.length);
    reachChannel(platform, request, 'SendMessages');
    if (forum.requireTag && !form.applied_tags?.length)
      throw refusal(Code.TagRequiredToCreateAForumPostInThisChannel);
    const thread = openThread(platform, {
      parent: forum,
      name: form.name,
      ownerId: world.bot.id,
      appliedTags: form.applied_tags ?? [],
      ...(form.auto_archive_duration != null && { autoArchiveMinutes: form.auto_archive_duration }),
    });
    const message = postMessage(platform, {
      ...draftOf(said, keepAttachments(platform, thread.id, said, request.files)),
      id: thread.id,
      channel: thread,
      author: { kind: 'user', id: world.bot.id },
    });
    return { ...channelPayload(world, thread), message: messagePayload(world, message) };
  }

  function open(request: RestRequest): object {
    const parent = reachChannel(platform, request);
    if (parent.type === ChannelType.GuildForum) return openPost(request, parent);
    if (parent.thread || parent.serverId === null || parent.type === ChannelType.GuildVoice) {
      throw refusal(Code.CannotExecuteActionOnThisChannelType);
    }
    const form = readForm(threadForm, request.body);
    const isPrivate = form.type === ChannelType.PrivateThread;
    reachChannel(platform, request, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
    const from =
      request.params['message'] === undefined ? undefined : reachMessage(platform, request, parent);
    if (from?.threadId) throw refusal(Code.ThreadAlreadyCreatedForMessage);
    const thread = openThread(platform, {
      parent,
      name: form.name,
      ownerId: world.bot.id,
      isPrivate,
      ...(from && { from }),
      ...(form.auto_archive_duration != null && { autoArchiveMinutes: form.auto_archive_duration }),
    });
    return channelPayload(world, thread);
  }

  function reachThread(request: RestRequest): { thread: Channel; members: Set<string> } {
    const thread = reachChannel(platform, request);
    if (!thread.thread) throw refusal(Code.CannotExecuteActionOnThisChannelType);
    return { thread, members: thread.thread.members };
  }

  function setMember(request: RestRequest, userId: string, inside: boolean): undefined {
    const { thread, members } = reachThread(request);
    if (thread.thread?.archived) throw refusal(Code.InvalidActionOnArchivedThread);
    if (inside) members.add(userId);
    else members.delete(userId);
    announceServer(platform, Event.ThreadMembersUpdate, thread.serverId ?? '', {
      id: thread.id,
      guild_id: thread.serverId,
      member_count: members.size,
      ...(inside
        ? { added_members: [threadMemberPayload(thread, userId)] }
        : { removed_member_ids: [userId] }),
    });
  }

  function archived(request: RestRequest, type: 'public' | 'private'): object {
    const parent = reachChannel(platform, request, 'ReadMessageHistory');
    const threads = [...world.channels.values()].filter(
      (one) =>
        one.parentId === parent.id &&
        one.thread?.archived &&
        (one.type === ChannelType.PrivateThread) === (type === 'private') &&
        may(world, one, world.bot.id, ['ViewChannel']),
    );
    return listing(threads.slice(0, limitOf(request, 50, 100)), { has_more: false });
  }

  function listing(threads: readonly Channel[], extra: object): object {
    const joined = threads.filter((thread) => thread.thread?.members.has(world.bot.id));
    return {
      threads: threads.map((thread) => channelPayload(world, thread)),
      members: joined.map((thread) => threadMemberPayload(thread, world.bot.id)),
      ...extra,
    };
  }

  return [
    { method: 'POST', path: '/channels/:channel/threads', bucket: 'threads', status: 201, handle: open },
    {
      method: 'POST',
      path: '/channels/:channel/messages/:message/threads',
      bucket: 'threads',
      status: 201,
      handle: open,
    },
    {
      method: 'GET',
      path: '/guilds/:guild/threads/active',
      bucket: 'threads',
      handle(request) {
        const server = reachServer(platform, request);
        const active = [...world.channels.values()].filter(
          (one) =>
            one.serverId === server.id &&
            one.thread &&
            !one.thread.archived &&
            may(world, one, world.bot.id, ['ViewChannel']),
        );
        return listing(active, {});
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/threads/archived/public',
      bucket: 'threads',
      handle: (request) => archived(request, 'public'),
    },
    {
      method: 'GET',
      path: '/channels/:channel/threads/archived/private',
      bucket: 'threads',
      handle: (request) => archived(request, 'private'),
    },
    {
      method: 'GET',
      path: '/channels/:channel/users/@me/threads/archived/private',
      bucket: 'threads',
      handle: (request) => archived(request, 'private'),
    },
    {
      method: 'GET',
      path: '/channels/:channel/thread-members',
      bucket: 'threads',
      handle(request) {
        const { thread, members } = reachThread(request);
        return [...members].map((userId) => threadMemberPayload(thread, userId));
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/thread-members/:user',
      bucket: 'threads',
      handle(request) {
        const { thread, members } = reachThread(request);
        const userId = param(request, 'user') === '@me' ? world.bot.id : param(request, 'user');
        if (!members.has(userId)) throw refusal(Code.UnknownMember);
        return threadMemberPayload(thread, userId);
      },
    },
    ...(['PUT', 'DELETE'] as const).map(
      (method): Route => ({
        method,
        path: '/channels/:channel/thread-members/:user',
        bucket: 'threads',
        handle(request) {
          const userId = param(request, 'user') === '@me' ? world.bot.id : param(request, 'user');
          return setMember(request, userId, method === 'PUT');
        },
      }),
    ),
  ];
}
