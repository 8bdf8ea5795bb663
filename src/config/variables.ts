import { z } from 'zod';
import { modelSettingsSchema } from '../model/model-settings.ts';
import { DATA_KEYS_RULE, parseDataKeys } from './data-keys.ts';
import { GGUF_RULE, isGgufName, isWholeName } from './gguf-address.ts';

/** Wherever a message is printed a value may be a secret: messages say what it must be and quote nothing. */
const word = (what: string) => z.string().regex(/^\S+$/, `must be ${what}, without spaces`).optional();
const name = z.string().refine(isWholeName, GGUF_RULE).optional();
/** Of a model that plays no part in a scene. */
const otherName = z
  .string()
  .refine((text) => !isGgufName(text), 'cannot be a GGUF file: those only play scenes')
  .optional();
const address = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with http:// or https://',
});

const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'], { error: 'must be yes or no' }))
  .transform((text) => ['1', 'true', 'yes', 'on'].includes(text));

const SNOWFLAKE = /^\d{15,21}$/;

/** Discord ids, between commas or spaces. */
const ids = z.string().transform((text, context) => {
  const list = text.split(/[\s,]+/).filter((id) => id !== '');
  if (list.every((id) => SNOWFLAKE.test(id))) return list;
  context.addIssue('must be Discord ids (numbers of 15 to 21 digits) with commas between them');
  return z.NEVER;
});

const servers = z.string().transform((text, context) => {
  if (text === '*') return '*' as const;
  const list = ids.safeParse(text);
  if (list.success) return list.data;
  context.addIssue('must be * or Discord ids (numbers of 15 to 21 digits) with commas between them');
  return z.NEVER;
});

const PORT_RULE = 'must be a number from 0 to 65535';
const port = z
  .string()
  .regex(/^\d{1,5}$/, PORT_RULE)
  .transform(Number)
  .refine((number) => number <= 65_535, PORT_RULE);

const COUNT_RULE = 'must be a whole number from 1 to 10000';
const count = z
  .string()
  .regex(/^\d{1,5}$/, COUNT_RULE)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 10_000, COUNT_RULE);

const dataKeys = z.string().transform((text, context) => {
  const keys = parseDataKeys(text);
  if (keys) return keys;
  context.addIssue(DATA_KEYS_RULE);
  return z.NEVER;
});

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every environment variable of the program, unset ones absent. `.env.example` explains each. */
export const variablesSchema = z.object({
  DISCORD_TOKEN: word('the token alone'),
  DISCORD_API: address
    .refine((text) => !/\/v\d+\/?$/.test(text), 'must end before the version: http://host/api')
    .optional(),
  DISCORD_CDN: address.optional(),

  OPENAI_API_KEY: word('the key alone'),
  OPENAI_BASE_URL: address.optional(),
  MODEL: name,
  MODEL_ACTOR: name,
  MODEL_ACTOR_URL: address.optional(),
  MODEL_ACTOR_KEY: word('the key alone'),
  MODEL_DIRECTOR: name,
  MODEL_DIRECTOR_URL: address.optional(),
  MODEL_DIRECTOR_KEY: word('the key alone'),
  MODEL_NARRATOR: name,
  MODEL_NARRATOR_URL: address.optional(),
  MODEL_NARRATOR_KEY: word('the key alone'),
  MODEL_JUDGE: name,
  MODEL_JUDGE_URL: address.optional(),
  MODEL_JUDGE_KEY: word('the key alone'),
  MODELS_URL: address.optional(),
  MODEL_PROFILE: z
    .enum(modelSettingsSchema.shape.profile.unwrap().options, { error: 'must be her or plain' })
    .optional(),
  MODEL_EMBED: otherName,
  MODEL_EMBED_URL: address.optional(),
  MODEL_EMBED_KEY: word('the key alone'),
  MODEL_USER: otherName,
  MODEL_MODERATION: otherName,
  MODEL_MODERATION_URL: address.optional(),
  MODEL_MODERATION_KEY: word('the key alone'),

  STORE_URL: z
    .string()
    .regex(/^(sqlite:\/\/.|memory:|rediss?:\/\/|postgres(ql)?:\/\/)/, {
      error: 'must begin with sqlite://, memory:, redis:// or postgres://',
    })
    .default('sqlite://./data/dramatis.db'),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, 'must be a host name or an address of this machine')
    .default('127.0.0.1'),
  PORT: port.optional(),
  SHARDS: count.optional(),
  SHARDS_PER_PROCESS: count.default(1),
  PROCESSES: count.default(1),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),

  OWNER_IDS: ids.default([]),
  SERVERS: servers.default([]),
  OPERATOR_TOKEN: word('one word'),
  DATA_KEY: dataKeys.default([]),
  TRACE: flag.default(false),
});
export type Variables = z.infer<typeof variablesSchema>;
