import { MessageFlags, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { invalidForm, refusal } from '../wire/api-error.ts';
import { legacyComponents, v2Components } from './component-rules.ts';
import { embedList } from './embed-rules.ts';
import { fault, list, readForm, snowflake, text } from './form.ts';

/** `allowed_mentions`: which of the names in a text may ring. A kind is listed or spelt out, not both. */
const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
    users: list(snowflake, 0, 100).nullish(),
    roles: list(snowflake, 0, 100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) && value[kind]?.length) {
        fault(
          context,
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind} exclude each other`,
          ['parse'],
        );
      }
    }
  });

export type AllowedMentions = z.output<typeof allowedMentions>;

const attachmentNote = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: z.string().optional(),
  description: text(0, 1024).nullish(),
});

const envelope = z.object({
  content: text(0, 2000).nullish(),
  tts: z.boolean().optional(),
  flags: z.int().nullish(),
  nonce: z.union([text(0, 25), z.int()]).nullish(),
  enforce_nonce: z.boolean().optional(),
  embeds: embedList.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: list(attachmentNote, 0, 10).nullish(),
  components: z.array(z.unknown()).nullish(),
  message_reference: z
    .object({ message_id: snowflake, fail_if_not_exists: z.boolean().optional(), type: z.int().optional() })
    .nullish(),
  sticker_ids: z.array(snowflake).nullish(),
  poll: z.unknown().optional(),
});

type Envelope = z.output<typeof envelope>;
type Components = z.output<typeof v2Components> | z.output<typeof legacyComponents>;

/** A message body that has passed every rule which does not depend on what else exists. */
export type MessageForm = Omit<Envelope, 'components'> & { components?: Components | null | undefined };

/**
 * Reads the body of a new or edited message. `flagsBefore` are those of the message under edit: Components V2
 * cannot be taken back, so its rules hold for every later edit.
 */
export function readMessageForm(body: unknown, flagsBefore = 0): MessageForm {
  const form = readForm(envelope, body ?? {});
  const isV2 = Boolean(((form.flags ?? 0) | flagsBefore) & MessageFlags.IsComponentsV2);
  if (isV2) refuseLegacyFields(form);
  const rules = z.object({ components: (isV2 ? v2Components : legacyComponents).nullish() });
  return { ...form, components: readForm(rules, { components: form.components }).components };
}

/** 50006 unless there is anything to see. */
export function refuseEmpty(form: MessageForm, files: number): void {
  const hasText = (form.content ?? '').trim() !== '';
  const hasMore =
    form.embeds?.length || form.components?.length || form.sticker_ids?.length || files || form.poll;
  if (!hasText && !hasMore) throw refusal(RESTJSONErrorCodes.CannotSendAnEmptyMessage);
}

/** 50035 where Components V2 meets content, embeds, stickers or a poll. */
export function refuseLegacyFields(
  form: Pick<Envelope, 'content' | 'embeds' | 'sticker_ids' | 'poll'>,
): void {
  const used = (['content', 'embeds', 'sticker_ids', 'poll'] as const).filter((field) => {
    const value = form[field];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
  if (used.length === 0) return;
  throw invalidForm(
    used.map((field) => ({
      path: [field],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    })),
  );
}
