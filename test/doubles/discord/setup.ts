import { ChannelType, GatewayDispatchEvents as Event, OverwriteType } from 'discord-api-types/v10';
import { announceChannel, announceServer, announceThreads } from './gateway/announce.ts';
import { openThread } from './messages/open-thread.ts';
import { rolePayload, serverPayload } from './payloads/server-payload.ts';
import type { Platform } from './platform.ts';
import { addChannelTo, openDirectChannel } from './world/add-channel.ts';
import { type AutoModParts, addAutoModRule, changeAutoModRule, removeAutoModRule } from './world/auto-mod.ts';
import type { Channel, Member, Role, Server, User, Webhook } from './world/entities.ts';
import { announceMember, joinServer, leaveServer } from './world/membership.ts';
import { bitsOf, everyoneDefault, may, overwriteType, type PermissionName } from './world/permissions.ts';
import { removeChannel } from './world/remove-channel.ts';
import { idOf, type Ref } from './world/snowflake.ts';
import { createWebhook, deleteWebhook, moveWebhook } from './world/webhooks.ts';

/** What the bot asks for in its invite: what a webhook-character bot needs, no more. */
const botDefault = bitsOf([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ManageWebhooks',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
]);

const channelTypes = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
  category: ChannelType.GuildCategory,
} as const;

type OverwriteSpec = {
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
};

export type Setup = ReturnType<typeof createSetup>;

/** Builds the world and changes it as admins do; the bot hears of what it would hear of. */
export function createSetup(platform: Platform) {
  const { world } = platform;
  const find = <T>(map: ReadonlyMap<string, T>, ref: Ref, what: string): T => {
    const found = map.get(idOf(ref));
    if (!found) throw new Error(`There is no ${what} ${idOf(ref)} on this Discord.`);
    return found;
  };
  const serverOf = (ref: Ref) => find(world.servers, ref, 'server');
  const channelOf = (ref: Ref) => find(world.channels, ref, 'channel');

  /** An account. `dmsClosed` makes the bot's direct messages fail with 50007. */
  function addUser(parts: {
    username: string;
    globalName?: string;
    bot?: boolean;
    dmsClosed?: boolean;
    /** The language they use Discord in; left out, the server's. */
    locale?: string;
    /** Of somebody whom everyone knows by it. */
    id?: string;
  }): User {
    const user: User = {
      id: parts.id ?? world.nextId(),
      username: parts.username,
      globalName: parts.globalName ?? null,
      bot: parts.bot ?? false,
      dmsClosed: parts.dmsClosed ?? false,
      ...(parts.locale === undefined ? {} : { locale: parts.locale }),
    };
    world.users.set(user.id, user);
    return user;
  }

  function addRole(
    server: Ref,
    parts: { name?: string; permissions?: readonly PermissionName[]; mentionable?: boolean } = {},
  ): Role {
    const role: Role = {
      id: world.nextId(),
      serverId: idOf(server),
      name: parts.name ?? 'role',
      permissions: bitsOf(parts.permissions ?? []),
      mentionable: parts.mentionable ?? false,
      botId: null,
    };
    serverOf(server).roles.set(role.id, role);
    announceServer(platform, Event.GuildRoleCreate, idOf(server), {
      guild_id: idOf(server),
      role: rolePayload(role),
    });
    return role;
  }

  function setRolePermissions(role: Role, permissions: readonly PermissionName[]): void {
    role.permissions = bitsOf(permissions);
    const payload = { guild_id: role.serverId, role: rolePayload(role) };
    announceServer(platform, Event.GuildRoleUpdate, role.serverId, payload);
  }

  return {
    addUser,

    /**
     * A server with the bot in it (unless `withBot` is false), owned by someone who need not act. `id` decides
     * the shard.
     */
    addServer(
      parts: { name?: string; owner?: Ref; id?: string; locale?: string; withBot?: boolean } = {},
    ): Server {
      const id = parts.id ?? world.nextId();
      const ownerId = parts.owner ? idOf(parts.owner) : addUser({ username: `owner-${id.slice(-4)}` }).id;
      const everyone = { name: '@everyone', mentionable: false, botId: null };
      const botRole = { name: world.bot.username, mentionable: false, botId: world.bot.id };
      const botRoleId = world.nextId();
      const server: Server = {
        id,
        name: parts.name ?? 'server',
        ownerId,
        locale: parts.locale ?? 'en-US',
        // The role of @everyone has the server's id: the client counts on it.
        roles: new Map([
          [id, { ...everyone, id, serverId: id, permissions: everyoneDefault }],
          [botRoleId, { ...botRole, id: botRoleId, serverId: id, permissions: botDefault }],
        ]),
        members: new Map(),
        autoMod: new Map(),
        available: true,
      };
      world.servers.set(id, server);
      joinServer(platform, server, ownerId);
      if (parts.withBot !== false) joinServer(platform, server, world.bot.id, { roles: [botRoleId] });
      return server;
    },

    /** Invites the bot to a server it is not in: GUILD_CREATE. */
    inviteBot(server: Ref): void {
      const role = [...serverOf(server).roles.values()].find((one) => one.botId === world.bot.id);
      joinServer(platform, serverOf(server), world.bot.id, { roles: role ? [role.id] : [] });
    },

    /** Throws someone out, the bot included: GUILD_DELETE. */
    kick: (server: Ref, user: Ref) => leaveServer(platform, serverOf(server), idOf(user)),

    /** An outage of one server and its end: GUILD_DELETE with `unavailable`, then GUILD_CREATE. */
    setAvailable(server: Ref, available: boolean): void {
      const one = serverOf(server);
      one.available = available;
      if (available) announceServer(platform, Event.GuildCreate, one.id, serverPayload(platform, one));
      else announceServer(platform, Event.GuildDelete, one.id, { id: one.id, unavailable: true });
    },

    addRole,
    setRolePermissions,

    /** Deletes a role; whoever had it has it no longer. */
    removeRole(role: Role): void {
      const server = serverOf(role.serverId);
      server.roles.delete(role.id);
      for (const member of server.members.values())
        member.roles = member.roles.filter((id) => id !== role.id);
      const payload = { guild_id: role.serverId, role_id: role.id };
      announceServer(platform, Event.GuildRoleDelete, role.serverId, payload);
    },

    /** What the bot's own role allows. @everyone's permissions come on top: take those away by overwrites. */
    setBotPermissions(server: Ref, permissions: readonly PermissionName[]): void {
      const role = [...serverOf(server).roles.values()].find((one) => one.botId === world.bot.id);
      if (role) setRolePermissions(role, permissions);
    },

    addMember(server: Ref, user: Ref, parts: { roles?: readonly Ref[]; nick?: string } = {}): Member {
      const roles = (parts.roles ?? []).map(idOf);
      return joinServer(platform, serverOf(server), idOf(user), { roles, nick: parts.nick ?? null });
    },

    /** Changes someone's nickname, roles or time-out. */
    changeMember(
      server: Ref,
      user: Ref,
      parts: { nick?: string | null; roles?: readonly Ref[]; timedOutUntil?: number | null },
    ): void {
      const member = find(serverOf(server).members, user, 'member');
      if (parts.nick !== undefined) member.nick = parts.nick;
      if (parts.roles) member.roles = parts.roles.map(idOf);
      if (parts.timedOutUntil !== undefined) member.timedOutUntil = parts.timedOutUntil;
      announceMember(platform, serverOf(server), member);
    },

    addChannel(
      server: Ref,
      parts: {
        type?: keyof typeof channelTypes;
        name?: string;
        nsfw?: boolean;
        topic?: string;
        parent?: Ref;
        slowmodeSeconds?: number;
        /** Forums: names of the tags, and whether a post must carry one. */
        tags?: readonly string[];
        requireTag?: boolean;
      } = {},
    ): Channel {
      const channel = addChannelTo(world, {
        type: channelTypes[parts.type ?? 'text'],
        serverId: serverOf(server).id,
        name: parts.name ?? 'general',
        nsfw: parts.nsfw ?? false,
        topic: parts.topic ?? null,
        parentId: parts.parent ? idOf(parts.parent) : null,
        slowmodeSeconds: parts.slowmodeSeconds ?? 0,
        tags: (parts.tags ?? []).map((name) => ({ id: world.nextId(), name })),
        requireTag: parts.requireTag ?? false,
      });
      announceChannel(platform, 'CREATE', channel);
      return channel;
    },

    /** Renames a channel, sets its age limit, archives or locks a thread. */
    changeChannel(
      channel: Ref,
      parts: {
        name?: string;
        nsfw?: boolean;
        topic?: string | null;
        slowmodeSeconds?: number;
        archived?: boolean;
        locked?: boolean;
      },
    ): void {
      const one = channelOf(channel);
      one.name = parts.name ?? one.name;
      one.nsfw = parts.nsfw ?? one.nsfw;
      one.slowmodeSeconds = parts.slowmodeSeconds ?? one.slowmodeSeconds;
      if (parts.topic !== undefined) one.topic = parts.topic;
      if (one.thread) {
        one.thread.archived = parts.archived ?? one.thread.archived;
        one.thread.locked = parts.locked ?? one.thread.locked;
      }
      announceChannel(platform, 'UPDATE', one);
    },

    removeChannel: (channel: Ref) => removeChannel(platform, channelOf(channel)),

    /** Allows or denies something to a role, a member or (with the server itself) everyone in one channel. */
    setOverwrite(channel: Ref, target: Ref, { allow = [], deny = [] }: OverwriteSpec): void {
      const one = channelOf(channel);
      const type =
        one.serverId === null ? OverwriteType.Member : overwriteType(serverOf(one.serverId), idOf(target));
      const wasSeen = may(world, one, world.bot.id, ['ViewChannel']);
      one.overwrites.set(idOf(target), { type, allow: bitsOf(allow), deny: bitsOf(deny) });
      announceChannel(platform, 'UPDATE', one);
      if (!wasSeen && may(world, one, world.bot.id, ['ViewChannel'])) announceThreads(platform, one);
    },

    /** A thread somebody opened, from a message of the channel or without one. */
    addThread(
      channel: Ref,
      parts: { name?: string; owner: Ref; from?: Ref; isPrivate?: boolean; members?: readonly Ref[] },
    ): Channel {
      const from = parts.from && world.messages.get(idOf(parts.from));
      const thread = openThread(platform, {
        parent: channelOf(channel),
        name: parts.name ?? 'thread',
        ownerId: idOf(parts.owner),
        isPrivate: parts.isPrivate ?? false,
        ...(from && { from }),
      });
      for (const member of parts.members ?? []) thread.thread?.members.add(idOf(member));
      return thread;
    },

    /** The direct-message channel between someone and the bot. */
    dm: (user: Ref) => openDirectChannel(world, find(world.users, user, 'user')),

    /** A webhook that a person or another bot made. */
    addWebhook(channel: Ref, parts: { name?: string; creator: Ref; applicationId?: string }): Webhook {
      return createWebhook(platform, channelOf(channel), {
        name: parts.name ?? 'webhook',
        avatar: null,
        applicationId: parts.applicationId ?? null,
        creatorId: idOf(parts.creator),
      });
    },

    /** The webhooks of a channel; the bot's own among them. */
    webhooksIn: (channel: Ref) =>
      [...world.webhooks.values()].filter((one) => one.channelId === idOf(channel)),
    removeWebhook: (webhook: Ref) => deleteWebhook(platform, find(world.webhooks, webhook, 'webhook')),
    moveWebhook: (webhook: Ref, channel: Ref) =>
      moveWebhook(platform, find(world.webhooks, webhook, 'webhook'), channelOf(channel)),

    /** A rule of words in AutoMod's settings: those who may manage the server hear of it. */
    addAutoModRule: (server: Ref, parts: AutoModParts) => addAutoModRule(platform, serverOf(server), parts),
    changeAutoModRule: (server: Ref, rule: Ref, parts: AutoModParts) =>
      changeAutoModRule(platform, serverOf(server), find(serverOf(server).autoMod, rule, 'rule'), parts),
    removeAutoModRule: (server: Ref, rule: Ref) =>
      removeAutoModRule(platform, serverOf(server), find(serverOf(server).autoMod, rule, 'rule')),

    /** Switches privileged intents on or off in the "developer portal"; sessions notice when they identify. */
    setAllowedPrivileged(bits: number): void {
      platform.settings.allowedPrivileged = bits;
    },
  };
}
