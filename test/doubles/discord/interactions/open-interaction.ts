import { randomBytes } from 'node:crypto';
import {
  type ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionContextType,
  type InteractionType,
} from 'discord-api-types/v10';
import { channelPayload } from '../payloads/channel-payload.ts';
import { memberOf, messagePayload } from '../payloads/message-payload.ts';
import { userPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import type { Channel, Message } from '../world/entities.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { Interaction } from './interaction.ts';

type Opening = {
  readonly type: InteractionType;
  readonly channel: Channel;
  readonly userId: string;
  readonly data: object;
  readonly command?: { readonly name: string; readonly type: ApplicationCommandType };
  readonly message?: Message | undefined;
};

/**
 * Sends INTERACTION_CREATE and starts the clock: unless it is acknowledged in time (3 s on Discord) the person
 * is told that the application did not respond, and the token is worth nothing.
 */
export function openInteraction(platform: Platform, opening: Opening): Interaction {
  const { world, settings, interactions, journal, dispatch } = platform;
  const interaction: Interaction = {
    id: world.nextId(),
    token: randomBytes(48).toString('base64url'),
    type: opening.type,
    channelId: opening.channel.id,
    userId: opening.userId,
    commandName: opening.command?.name ?? null,
    commandType: opening.command?.type ?? null,
    messageId: opening.message?.id ?? null,
    openedAt: Date.now(),
    answer: null,
    originalId: null,
    ephemeral: false,
    modal: null,
    choices: null,
    failed: false,
    timer: null,
  };
  interactions.set(interaction.id, interaction);
  interaction.timer = setTimeout(() => failInteraction(platform, interaction), settings.acknowledgeMs);
  interaction.timer.unref();
  journal.record({ kind: 'interaction-opened', interactionId: interaction.id });
  dispatch({
    t: GatewayDispatchEvents.InteractionCreate,
    d: payload(platform, interaction, opening),
    intent: 0,
    serverId: opening.channel.serverId,
  });
  return interaction;
}

/** The deadline passes, on time or because a test says so. */
export function failInteraction({ journal }: Platform, interaction: Interaction): void {
  if (interaction.timer) clearTimeout(interaction.timer);
  if (interaction.answer !== null || interaction.failed) return;
  interaction.failed = true;
  journal.record({ kind: 'interaction-failed', interactionId: interaction.id });
}

function payload({ world }: Platform, interaction: Interaction, opening: Opening): object {
  const { channel, userId, message } = opening;
  const user = world.users.get(userId);
  if (!user) throw new Error(`Nobody here has the id ${userId}.`);
  const server = channel.serverId === null ? null : world.servers.get(channel.serverId);
  return {
    id: interaction.id,
    application_id: world.bot.id,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: {
      ...channelPayload(world, channel),
      permissions: String(permissionsIn(world, channel, userId)),
    },
    app_permissions: String(permissionsIn(world, channel, world.bot.id)),
    locale: user.locale ?? server?.locale ?? 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: server?.id ?? '0' },
    attachment_size_limit: 10_485_760,
    ...(server
      ? {
          guild_id: server.id,
          guild: { id: server.id, locale: server.locale, features: [] },
          guild_locale: server.locale,
          context: InteractionContextType.Guild,
          member: {
            ...memberOf(world, channel, userId),
            permissions: String(permissionsIn(world, channel, userId)),
          },
        }
      : { context: InteractionContextType.BotDM, user: userPayload(user) }),
    data: opening.data,
    ...(message && { message: messagePayload(world, message) }),
  };
}
