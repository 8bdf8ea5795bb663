import {
  InteractionResponseType as Answer,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageType,
  RESTJSONErrorCodes,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { keepAttachments } from '../messages/attachments.ts';
import { editMessage } from '../messages/change-message.ts';
import { changeOf, draftOf } from '../messages/message-request.ts';
import { postMessage } from '../messages/post-message.ts';
import type { Platform } from '../platform.ts';
import { list, readForm, text } from '../rules/form.ts';
import { readMessageForm, refuseEmpty } from '../rules/message-rules.ts';
import { modalForm } from '../rules/modal-rules.ts';
import { invalidForm, refusal } from '../wire/api-error.ts';
import type { RestRequest } from '../wire/router.ts';
import type { Message } from '../world/entities.ts';
import type { Interaction } from './interaction.ts';

const callback = z.object({ type: z.int(), data: z.unknown().optional() });
const choices = z.object({
  choices: list(z.object({ name: text(1, 100), value: z.union([text(0, 100), z.number()]) }), 0, 25),
});
const deferral = z.object({ flags: z.int().optional() }).nullish();

const allowed: Readonly<Partial<Record<InteractionType, readonly Answer[]>>> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [InteractionType.MessageComponent]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
    Answer.Modal,
  ],
  [InteractionType.ModalSubmit]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
  ],
};

/** The first answer to an interaction. Late or unknown is 10062, a second one 40060. */
export function answerInteraction(
  platform: Platform,
  interaction: Interaction | undefined,
  request: RestRequest,
): void {
  if (!interaction || interaction.failed) throw refusal(RESTJSONErrorCodes.UnknownInteraction);
  if (interaction.answer !== null) throw refusal(RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
  const { type, data } = readForm(callback, request.body);
  if (!allowed[interaction.type]?.includes(type)) {
    throw invalidForm([
      {
        path: ['type'],
        code: 'INTERACTION_APPLICATION_COMMAND_INVALID_TYPE',
        message: 'Not a type to answer this with',
      },
    ]);
  }
  switch (type as Answer) {
    case Answer.ChannelMessageWithSource: {
      const message = postAnswer(platform, interaction, { ...request, body: data }, null);
      interaction.originalId = message.id;
      interaction.ephemeral = message.ephemeralTo !== null;
      break;
    }
    case Answer.DeferredChannelMessageWithSource:
      defer(platform, interaction, readForm(deferral, data)?.flags ?? 0);
      break;
    case Answer.DeferredMessageUpdate:
      interaction.originalId = interaction.messageId;
      break;
    case Answer.UpdateMessage: {
      const target = platform.world.messages.get(interaction.messageId ?? '');
      if (!target) throw refusal(RESTJSONErrorCodes.UnknownMessage);
      editMessage(platform, target, changeOf(platform, target, { ...request, body: data }));
      interaction.originalId = target.id;
      break;
    }
    case Answer.ApplicationCommandAutocompleteResult:
      interaction.choices = readForm(choices, data).choices;
      break;
    case Answer.Modal:
      interaction.modal = readForm(modalForm, data);
      break;
    default:
      throw new Error(`Interaction answers of type ${type} are not modelled.`);
  }
  interaction.answer = type;
  if (interaction.timer) clearTimeout(interaction.timer);
  platform.journal.record({ kind: 'interaction-answered', interactionId: interaction.id, type });
}

/** Posts a message through an interaction's token: an answer, or a follow-up that replies to it. */
export function postAnswer(
  platform: Platform,
  interaction: Interaction,
  request: RestRequest,
  followUpTo: Message | null,
): Message {
  const { world } = platform;
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refusal(RESTJSONErrorCodes.UnknownChannel);
  const form = readMessageForm(request.body);
  refuseEmpty(form, request.files.length);
  const isEphemeral = Boolean((form.flags ?? 0) & MessageFlags.Ephemeral);
  return postMessage(platform, {
    ...draftOf(form, keepAttachments(platform, channel.id, form, request.files)),
    channel,
    author: { kind: 'user', id: world.bot.id },
    type: followUpTo ? MessageType.Reply : answerType(interaction),
    reference: followUpTo,
    ephemeralTo: isEphemeral ? interaction.userId : null,
    interaction: origin(interaction),
  });
}

function defer(platform: Platform, interaction: Interaction, flags: number): void {
  const { world } = platform;
  if (flags & ~MessageFlags.Ephemeral) {
    const path = ['data', 'flags'];
    throw invalidForm([
      { path, code: 'MESSAGE_FLAGS_INVALID', message: 'Only EPHEMERAL can be set when deferring' },
    ]);
  }
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refusal(RESTJSONErrorCodes.UnknownChannel);
  interaction.ephemeral = Boolean(flags & MessageFlags.Ephemeral);
  interaction.originalId = postMessage(platform, {
    channel,
    author: { kind: 'user', id: world.bot.id },
    flags: flags | MessageFlags.Loading,
    type: answerType(interaction),
    ephemeralTo: interaction.ephemeral ? interaction.userId : null,
    interaction: origin(interaction),
  }).id;
}

function answerType(interaction: Interaction): MessageType {
  if (interaction.commandType === null) return MessageType.Default;
  const isSlash = interaction.commandType === ApplicationCommandType.ChatInput;
  return isSlash ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
}

function origin(interaction: Interaction): Message['interaction'] {
  return {
    id: interaction.id,
    type: interaction.type,
    userId: interaction.userId,
    name: interaction.commandName,
  };
}
