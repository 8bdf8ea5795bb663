import { z } from 'zod';

/**
 * Character Card V2 and V3 as they are published: what is required, what may be absent, and of which type
 * each field is. Fields that they do not name may be there.
 * (malfoyslastname/character-card-spec-v2, spec_v2.md; kwaroran/character-card-spec-v3, SPEC_V3.md.)
 */

const extensions = z.record(z.string(), z.unknown());
const maybeNumber = z.number().optional();
const maybeFlag = z.boolean().optional();
const maybeText = z.string().optional();

const entryV2 = z.looseObject({
  keys: z.array(z.string()),
  content: z.string(),
  extensions,
  enabled: z.boolean(),
  insertion_order: z.number(),
  case_sensitive: maybeFlag,
  name: maybeText,
  priority: maybeNumber,
  id: maybeNumber,
  comment: maybeText,
  selective: maybeFlag,
  secondary_keys: z.array(z.string()).optional(),
  constant: maybeFlag,
  position: z.enum(['before_char', 'after_char']).optional(),
});

// Its types say that an id is a number, its prose that it is a text.
const entryV3 = entryV2.extend({ use_regex: z.boolean(), id: z.union([z.number(), z.string()]).optional() });

const book = {
  name: maybeText,
  description: maybeText,
  scan_depth: maybeNumber,
  token_budget: maybeNumber,
  recursive_scanning: maybeFlag,
  extensions,
};
const bookV2 = z.looseObject({ ...book, entries: z.array(entryV2) });
export const bookV3 = z.looseObject({ ...book, entries: z.array(entryV3) });

const data = {
  name: z.string(),
  description: z.string(),
  personality: z.string(),
  scenario: z.string(),
  first_mes: z.string(),
  mes_example: z.string(),
  creator_notes: z.string(),
  system_prompt: z.string(),
  post_history_instructions: z.string(),
  alternate_greetings: z.array(z.string()),
  tags: z.array(z.string()),
  creator: z.string(),
  character_version: z.string(),
  extensions,
};

export const cardV2 = z.looseObject({
  spec: z.literal('chara_card_v2'),
  spec_version: z.literal('2.0'),
  data: z.looseObject({ ...data, character_book: bookV2.optional() }),
});

const asset = z.looseObject({
  type: z.string(),
  uri: z.string(),
  name: z.string(),
  ext: z.string().regex(/^[a-z0-9]+$/),
});

const assets = z.array(asset).superRefine((all, context) => {
  const mains = (type: string) => all.filter((one) => one.type === type && one.name === 'main').length;
  const icons = all.filter((one) => one.type === 'icon').length;
  if (icons > 1 && mains('icon') !== 1) context.addIssue('of several icons exactly one is the main one');
  if (mains('background') > 1) context.addIssue('no more than one background is the main one');
});

/** In seconds: of a time in milliseconds the year would have five digits. */
const unixTime = z.number().max(1e11);

export const cardV3 = z.looseObject({
  spec: z.literal('chara_card_v3'),
  spec_version: z.literal('3.0'),
  data: z.looseObject({
    ...data,
    character_book: bookV3.optional(),
    assets: assets.optional(),
    nickname: maybeText,
    creator_notes_multilingual: z.record(z.string(), z.string()).optional(),
    source: z.array(z.string()).optional(),
    group_only_greetings: z.array(z.string()),
    creation_date: unixTime.optional(),
    modification_date: unixTime.optional(),
  }),
});
