import { z } from 'zod';

/**
 * A card as it lies in a file: the fields of Character Card V3's `data`, with HER's own under
 * `extensions.dramatis`. Keys that are not named here are kept, so that a card converted here
 * loses nothing. (Spec: kwaroran/character-card-spec-v3, malfoyslastname/character-card-spec-v2.)
 */

const MAX_TEXT = 100_000;

const text = z.string().max(MAX_TEXT, `is longer than ${MAX_TEXT.toLocaleString('en')} characters`);
const texts = z.array(text).max(1000, 'holds more than 1,000 texts');

const RESERVED = new Set(['environment', 'narrator', 'system', 'user', 'assistant', 'player', 'everyone']);

const name = z
  .string()
  .min(1, 'is missing: give the card a name')
  .regex(/^[^<>]*$/, 'may not hold < or >: give the card another name')
  .refine(
    (value) => !RESERVED.has(value.toLowerCase()),
    'is a voice of the stage: give the card another name',
  );

const bookEntrySchema = z.looseObject({
  keys: z
    .array(z.string().max(10_000, 'is longer than 10,000 characters'))
    .max(1000, 'holds more than 1,000 keys'),
  content: text,
  enabled: z.boolean(),
  constant: z.boolean(),
});

const bookSchema = z.looseObject({
  entries: z.array(bookEntrySchema).max(10_000, 'has more than 10,000 entries'),
});

/** An example turn, with what was said just before it where the card tells. */
const exampleSchema = z.union([text, z.looseObject({ to: text, turn: text })]);

const dramatisSchema = z.looseObject({
  aliases: z
    .array(z.string().min(1).max(80, 'is longer than 80 characters'))
    .max(50, 'holds more than 50 names'),
  motivation: text,
  background: text,
  manner: text,
  relations: text.optional(),
  public_sheet: text,
  examples: z.array(exampleSchema).max(1000),
  declines: texts,
  /** First and alternate greetings in HER format, where `first_mes` was turned into prose for other tools. */
  greetings: texts.optional(),
  /** Likewise those of `group_only_greetings`. */
  group_greetings: texts.optional(),
  /**
   * What stood in the file beside `data` and is no copy of it (SillyTavern's `avatar`, `chat`,
   * `create_date` …). It is written back beside `data`, and belongs to no other format.
   */
  beside: z.record(z.string(), z.unknown()).optional(),
  /** For adults only, wherever it is played. */
  age_restricted: z.boolean().optional(),
  /** In years; or, where no number is known or needed, that the character is grown up. */
  age: z.number().min(0).optional(),
  adult: z.boolean().optional(),
});

export const cardDataSchema = z.looseObject({
  name,
  nickname: text.optional(),
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
  alternate_greetings: texts,
  group_only_greetings: texts.optional(),
  tags: z
    .array(z.string().max(1000, 'is longer than 1,000 characters'))
    .max(1000, 'holds more than 1,000 tags'),
  character_book: bookSchema.optional(),
  extensions: z.looseObject({ dramatis: dramatisSchema }),
});

export type CardData = z.infer<typeof cardDataSchema>;
export type CardExample = z.infer<typeof exampleSchema>;
