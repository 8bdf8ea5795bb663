import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Platform } from '../platform.ts';
import {
  type MessageForm,
  readMessageForm,
  refuseEmpty,
  refuseLegacyFields,
} from '../rules/message-rules.ts';
import type { RestRequest } from '../wire/router.ts';
import type { Message } from '../world/entities.ts';
import { keepAttachments, resolveAttachmentUrls } from './attachments.ts';
import type { Change } from './change-message.ts';
import type { Draft } from './post-message.ts';

type Said = Required<Pick<Draft, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>> &
  Pick<Draft, 'allowed'>;

/** What a checked body says, ready to be posted. */
export function draftOf(form: MessageForm, attachments: APIAttachment[]): Said {
  return {
    content: form.content ?? '',
    // The schemas keep every field and check those with limits; from here on they are what Discord calls them.
    embeds: resolveAttachmentUrls((form.embeds ?? []) as APIEmbed[], attachments),
    components: withIds(
      resolveAttachmentUrls((form.components ?? []) as APIMessageTopLevelComponent[], attachments),
    ),
    attachments,
    flags: form.flags ?? 0,
    allowed: form.allowed_mentions,
  };
}

/** Reads the body of an edit: only what it names changes. It must leave something to see. */
export function changeOf(platform: Platform, message: Message, request: RestRequest): Change {
  const form = readMessageForm(request.body, message.flags);
  const attachments = keepAttachments(platform, message.channelId, form, request.files, message.attachments);
  const after: MessageForm = {
    ...form,
    content: form.content === undefined ? message.content : form.content,
    embeds: form.embeds === undefined ? (message.embeds as never) : form.embeds,
    components: form.components === undefined ? (message.components as never) : form.components,
  };
  if (((form.flags ?? 0) | message.flags) & MessageFlags.IsComponentsV2) refuseLegacyFields(after);
  refuseEmpty(after, attachments.length);
  const said = draftOf(form, attachments);
  return {
    attachments,
    allowed: form.allowed_mentions,
    ...(form.content !== undefined && { content: said.content }),
    ...(form.embeds !== undefined && { embeds: said.embeds }),
    ...(form.components !== undefined && { components: said.components }),
    ...(form.flags != null && { flags: form.flags }),
  };
}

/** Discord numbers the components of a message that have no number of their own. */
function withIds(components: APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  let next = 0;
  const number = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(number);
    if (typeof part !== 'object' || part === null) return part;
    const isComponent = 'type' in part && typeof part.type === 'number';
    if (isComponent) next += 1;
    const own = isComponent ? { id: next } : {};
    return {
      ...own,
      ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, number(value)])),
    };
  };
  return number(components) as APIMessageTopLevelComponent[];
}
