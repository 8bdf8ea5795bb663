import type { APIEmbed, APIMessageTopLevelComponent, MessageType } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { stringsIn } from '../wire/received-request.ts';
import type { Message } from '../world/entities.ts';
import { displayName, type World } from '../world/world.ts';

/** A message as a person sees it at one moment. */
export type SeenMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly type: MessageType;
  /** The name beside the message. */
  readonly author: string;
  readonly authorId: string;
  readonly webhookId: string | null;
  /** The picture a webhook asked for; `null` for its own and for people. */
  readonly avatarUrl: string | null;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly attachments: readonly { name: string; url: string; size: number; description: string | null }[];
  readonly flags: number;
  readonly mentions: {
    readonly users: readonly string[];
    readonly roles: readonly string[];
    readonly everyone: boolean;
  };
  readonly replyTo: string | null;
  readonly threadId: string | null;
  readonly ephemeral: boolean;
  /** A deferred answer that still shows "is thinking…". */
  readonly loading: boolean;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly pinned: boolean;
  /** Everything in it that can be read: content, and every string in embeds and components. */
  readonly text: string;
};

/** A picture of a message as it stands now; later edits do not change it. */
export function seeMessage(world: World, message: Message): SeenMessage {
  const { author } = message;
  return structuredClone({
    id: message.id,
    channelId: message.channelId,
    type: message.type,
    author: displayName(world, message),
    authorId: author.id,
    webhookId: author.kind === 'webhook' ? author.id : null,
    avatarUrl: author.kind === 'webhook' ? author.avatarUrl : null,
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map(({ filename, url, size, description }) => ({
      name: filename,
      url,
      size,
      description: description ?? null,
    })),
    flags: message.flags,
    mentions: message.mentions,
    replyTo: message.referenceId,
    threadId: message.threadId,
    ephemeral: message.ephemeralTo !== null,
    loading: Boolean(message.flags & MessageFlags.Loading),
    edited: message.editedAt !== null,
    deleted: message.deleted,
    pinned: message.pinnedAt !== null,
    text: [message.content, ...readable(message.embeds), ...readable(message.components)].join('\n'),
  });
}

const readableKeys = new Set([
  'title',
  'description',
  'name',
  'value',
  'text',
  'content',
  'label',
  'placeholder',
]);

function readable(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (typeof value === 'string') return readableKeys.has(key) ? [value] : [];
    return readableKeys.has(key) && typeof value !== 'object' ? stringsIn(value) : readable(value);
  });
}
