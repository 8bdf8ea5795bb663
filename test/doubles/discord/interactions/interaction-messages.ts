import {
  InteractionResponseType as Answer,
  RESTJSONErrorCodes as Code,
  MessageFlags,
} from 'discord-api-types/v10';
import { deleteMessages, editMessage } from '../messages/change-message.ts';
import { changeOf } from '../messages/message-request.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import { refusal } from '../wire/api-error.ts';
import { param, type RestRequest } from '../wire/router.ts';
import type { Message } from '../world/entities.ts';
import { postAnswer } from './answer-interaction.ts';
import type { Interaction } from './interaction.ts';

/** A message of this interaction's: `@original` or a follow-up by id. */
export function reachReply({ world }: Platform, interaction: Interaction, request: RestRequest): Message {
  const asked = param(request, 'message');
  const message = world.messages.get(asked === '@original' ? (interaction.originalId ?? '') : asked);
  const isOwn =
    message && (message.id === interaction.originalId || message.interaction?.id === interaction.id);
  if (!isOwn || message.deleted) throw refusal(Code.UnknownMessage);
  return message;
}

/**
 * A follow-up. The first one after a deferral fills the message that was "thinking" and stays as private or
 * public as that was; later ones are messages of their own.
 */
export function followUp(platform: Platform, interaction: Interaction, request: RestRequest): object {
  const { world } = platform;
  const original = world.messages.get(interaction.originalId ?? '');
  if (original && original.flags & MessageFlags.Loading) {
    editMessage(platform, original, changeOf(platform, original, request));
    return messagePayload(world, original);
  }
  return messagePayload(world, postAnswer(platform, interaction, request, original ?? null));
}

/** Edits the answer or a follow-up. */
export function editReply(platform: Platform, interaction: Interaction, request: RestRequest): object {
  const message = reachReply(platform, interaction, request);
  editMessage(platform, message, changeOf(platform, message, request));
  return messagePayload(platform.world, message);
}

/** Deletes the answer or a follow-up. */
export function deleteReply(platform: Platform, interaction: Interaction, request: RestRequest): undefined {
  const message = reachReply(platform, interaction, request);
  const channel = platform.world.channels.get(message.channelId);
  if (channel) deleteMessages(platform, channel, [message]);
}

/** What `with_response=true` tells of the answer just given. */
export function callbackPayload({ world }: Platform, interaction: Interaction): object {
  const message = world.messages.get(interaction.originalId ?? '');
  const showsMessage =
    interaction.answer === Answer.ChannelMessageWithSource || interaction.answer === Answer.UpdateMessage;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: Boolean(message.flags & MessageFlags.Loading),
        response_message_ephemeral: message.ephemeralTo !== null,
      }),
    },
    ...(message && {
      resource: {
        type: interaction.answer,
        ...((showsMessage || interaction.answer === Answer.DeferredChannelMessageWithSource) && {
          message: messagePayload(world, message),
        }),
      },
    }),
  };
}
