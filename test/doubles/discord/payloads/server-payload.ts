import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Platform } from '../platform.ts';
import type { Role, Server } from '../world/entities.ts';
import { may } from '../world/permissions.ts';
import { channelPayload } from './channel-payload.ts';
import { memberPayload } from './user-payload.ts';

/** A role as it travels; that of @everyone has the server's own id. */
export function rolePayload(role: Role) {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    mentionable: role.mentionable,
    managed: role.botId !== null,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.id === role.serverId ? 0 : 1,
    flags: 0,
    ...(role.botId !== null && { tags: { bot_id: role.botId } }),
  };
}

/** What a server is, without what is in it: GET /guilds/:id. */
export function serverSummary(server: Server) {
  return {
    id: server.id,
    name: server.name,
    owner_id: server.ownerId,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    afk_channel_id: null,
    afk_timeout: 300,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: [...server.roles.values()].map(rolePayload),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    max_members: 500_000,
    max_presences: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: server.locale,
    public_updates_channel_id: null,
    max_video_channel_users: 25,
    nsfw_level: 0,
    safety_alerts_channel_id: null,
    hub_type: null,
    incidents_data: null,
  };
}

/**
 * GUILD_CREATE. Every channel is in it, seen or not; threads only when the bot may see them; of the members only
 * the bot, unless it has the members' intent: others become known through what they do.
 */
export function serverPayload({ world, settings }: Platform, server: Server) {
  const channels = [...world.channels.values()].filter((channel) => channel.serverId === server.id);
  const knowsMembers = Boolean(settings.allowedPrivileged & GatewayIntentBits.GuildMembers);
  const members = [...server.members.values()].filter(
    (member) => knowsMembers || member.userId === world.bot.id,
  );
  const seen = channels.filter((channel) => may(world, channel, world.bot.id, ['ViewChannel']));
  return {
    ...serverSummary(server),
    joined_at: new Date(server.members.get(world.bot.id)?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: server.members.size,
    members: members.map((member) => memberPayload(world, member)),
    channels: channels.filter((channel) => !channel.thread).map((channel) => channelPayload(world, channel)),
    threads: seen
      .filter((one) => one.thread && !one.thread.archived)
      .map((thread) => channelPayload(world, thread)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
