import { ChannelType, RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import { z } from 'zod';
import { announceChannel, announceTyping } from '../gateway/announce.ts';
import { channelPayload } from '../payloads/channel-payload.ts';
import type { Platform } from '../platform.ts';
import { readForm, snowflake, text } from '../rules/form.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type Route } from '../wire/router.ts';
import { addChannelTo } from '../world/add-channel.ts';
import { sendPermission } from '../world/permissions.ts';
import { removeChannel } from '../world/remove-channel.ts';
import { reachChannel, reachServer } from './access.ts';

const bits = z
  .union([z.string().regex(/^\d+$/), z.int()])
  .transform((value) => BigInt(value))
  .default(0n);
const change = z.object({
  name: text(1, 100).optional(),
  topic: text(0, 1024).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
  parent_id: snowflake.nullish(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: z.literal([60, 1440, 4320, 10_080]).nullish(),
  applied_tags: z.array(snowflake).max(5).optional(),
});
const creation = z.object({
  name: text(1, 100),
  type: z
    .literal([
      ChannelType.GuildText,
      ChannelType.GuildVoice,
      ChannelType.GuildCategory,
      ChannelType.GuildAnnouncement,
      ChannelType.GuildForum,
    ])
    .default(ChannelType.GuildText),
  topic: text(0, 1024).nullish(),
  nsfw: z.boolean().optional(),
  parent_id: snowflake.nullish(),
});

/** Channels and threads as things, and typing in them. */
export function channelRoutes(platform: Platform): Route[] {
  const { world, journal } = platform;
  return [
    {
      method: 'GET',
      path: '/channels/:channel',
      bucket: 'channel',
      handle: (request) => channelPayload(world, reachChannel(platform, request)),
    },
    {
      method: 'PATCH',
      path: '/channels/:channel',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request);
        const { thread } = channel;
        const isOwnThread = thread !== null && channel.ownerId === world.bot.id;
        if (!isOwnThread) reachChannel(platform, request, thread ? 'ManageThreads' : 'ManageChannels');
        const form = readForm(change, request.body);
        if (thread?.archived && form.archived !== false && Object.keys(form).length > 0) {
          throw refusal(Code.InvalidActionOnArchivedThread);
        }
        channel.name = form.name ?? channel.name;
        channel.topic = form.topic === undefined ? channel.topic : form.topic;
        channel.nsfw = form.nsfw ?? channel.nsfw;
        channel.slowmodeSeconds = form.rate_limit_per_user ?? channel.slowmodeSeconds;
        channel.parentId = form.parent_id === undefined ? channel.parentId : form.parent_id;
        if (thread) {
          if (form.locked !== undefined) reachChannel(platform, request, 'ManageThreads');
          thread.archived = form.archived ?? thread.archived;
          thread.locked = form.locked ?? thread.locked;
          thread.autoArchiveMinutes = form.auto_archive_duration ?? thread.autoArchiveMinutes;
          thread.appliedTags = form.applied_tags ?? thread.appliedTags;
        }
        announceChannel(platform, 'UPDATE', channel);
        return channelPayload(world, channel);
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:channel',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request);
        const payload = channelPayload(world, channel);
        if (channel.serverId === null) return payload;
        reachChannel(platform, request, channel.thread ? 'ManageThreads' : 'ManageChannels');
        removeChannel(platform, channel);
        return payload;
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel/typing',
      bucket: 'typing',
      handle(request) {
        const channel = reachChannel(platform, request);
        reachChannel(platform, request, sendPermission(channel));
        journal.record({ kind: 'typing-started', channelId: channel.id, userId: world.bot.id });
        announceTyping(platform, channel, world.bot.id);
        return undefined;
      },
    },
    {
      method: 'PUT',
      path: '/channels/:channel/permissions/:overwrite',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ManageRoles');
        const form = readForm(
          z.object({ type: z.int().min(0).max(1), allow: bits, deny: bits }),
          request.body,
        );
        channel.overwrites.set(param(request, 'overwrite'), form);
        announceChannel(platform, 'UPDATE', channel);
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:channel/permissions/:overwrite',
      bucket: 'channel',
      handle(request) {
        const channel = reachChannel(platform, request, 'ManageRoles');
        channel.overwrites.delete(param(request, 'overwrite'));
        announceChannel(platform, 'UPDATE', channel);
        return undefined;
      },
    },
    {
      method: 'POST',
      path: '/guilds/:guild/channels',
      bucket: 'channel',
      status: 201,
      handle(request) {
        const server = reachServer(platform, request, 'ManageChannels');
        const form = readForm(creation, request.body);
        const channel = addChannelTo(world, {
          type: form.type,
          serverId: server.id,
          name: form.name,
          topic: form.topic ?? null,
          nsfw: form.nsfw ?? false,
          parentId: form.parent_id ?? null,
        });
        announceChannel(platform, 'CREATE', channel);
        return channelPayload(world, channel);
      },
    },
  ];
}
