import { type APIAttachment, RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Platform } from '../platform.ts';
import type { MessageForm } from '../rules/message-rules.ts';
import { invalidForm, refusal } from '../wire/api-error.ts';
import type { ReceivedFile } from '../wire/received-request.ts';

type FileSource = Pick<ReceivedFile, 'key' | 'name' | 'contentType' | 'data'>;

/**
 * The attachments a message ends up with. Files become addresses on the double's CDN; `attachments` in the body
 * gives them alt texts and, in an edit, says which of the old ones stay (all do when it is left out).
 */
export function keepAttachments(
  platform: Platform,
  channelId: string,
  form: Pick<MessageForm, 'attachments'>,
  files: readonly FileSource[],
  before: readonly APIAttachment[] = [],
): APIAttachment[] {
  const notes = form.attachments;
  const kept = notes
    ? before.filter((attachment) => notes.some((note) => note.id === attachment.id))
    : [...before];
  const added = files.map((file) => {
    const note = notes?.find((one) => file.key === `files[${one.id}]`);
    return storeFile(platform, channelId, file, note?.description ?? null);
  });
  const attachments = [...kept, ...added];
  if (attachments.length > 10) {
    const path = ['attachments'];
    throw invalidForm([{ path, code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 10 or fewer in length.' }]);
  }
  return attachments;
}

/** Keeps a file where the CDN serves it. Over the size limit is 413, code 40005. */
export function storeFile(
  { world, settings, origin }: Platform,
  channelId: string,
  file: Pick<FileSource, 'name' | 'contentType' | 'data'>,
  description: string | null,
): APIAttachment {
  if (file.data.length > settings.attachmentBytes) throw refusal(RESTJSONErrorCodes.RequestEntityTooLarge);
  const id = world.nextId();
  const name = file.name.replaceAll(/[^\w.-]+/g, '_') || 'file';
  const path = `attachments/${channelId}/${id}/${name}`;
  world.files.set(path, { contentType: file.contentType, data: file.data });
  // Discord signs its addresses, and they expire; the double takes any signature.
  const url = `${origin()}/cdn/${path}?ex=7fffffff&is=0&hm=0`;
  return {
    id,
    filename: name,
    size: file.data.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(description !== null && { description }),
  };
}

/** Points `attachment://name` in embeds and components at the file of that name. */
export function resolveAttachmentUrls<T>(part: T, attachments: readonly APIAttachment[]): T {
  const text = JSON.stringify(part).replaceAll(/"attachment:\/\/([^"]+)"/g, (whole, name: string) => {
    const found = attachments.find((attachment) => attachment.filename === name);
    return found ? JSON.stringify(found.url) : whole;
  });
  return JSON.parse(text) as T;
}
