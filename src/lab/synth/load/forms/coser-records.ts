import { z } from 'zod';

/**
 * Records of CoSER and of HER’s steps as they are written down (her-spec 4.1, 6.1): a scene of the test set, a plot
 * with its conversations, a book with its plots. Null counts as left out; keys that are not named here are no
 * part of a conversation.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const place = z
  .int()
  .nullish()
  .transform((value) => value ?? undefined);

function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
}

export const turnRecord = z.looseObject({
  character: text,
  name: text,
  message: text,
  thought: text,
  description: text,
  standard_format: text,
  enhanced_standard_format: text,
  sys_thinking: text,
  sys_thinking_revised: text,
  origin_id: z
    .union([
      z
        .int()
        .min(0)
        .transform((id) => [id]),
      z.array(z.int().min(0)),
    ])
    .nullish(),
});
export type TurnRecord = z.infer<typeof turnRecord>;

export const personRecord = z.looseObject({
  name: text,
  character: text,
  description: text,
  experience: text,
  summary: text,
  motivation: text,
  thought: text,
});
export type PersonRecord = z.infer<typeof personRecord>;

const sheetRecord = z.looseObject({
  profile: text,
  character_profile: text,
  character_profile_enriched: text,
  background: text,
  background_enriched: text,
  motivation: text,
  motivation_enriched: text,
  description: text,
  description_enriched: text,
  experience: text,
  experience_enriched: text,
});
export type SheetRecord = { readonly name: string } & z.infer<typeof sheetRecord>;

/** By name; what is no sheet is none. */
const sheets = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((byName): readonly SheetRecord[] =>
    Object.entries(byName ?? {}).flatMap(([name, value]) => {
      const read = sheetRecord.safeParse(value);
      return name !== '' && read.success ? [{ name, ...read.data }] : [];
    }),
  );

export const conversationRecord = z.looseObject({
  scenario: text,
  scenario_enriched: text,
  topic: text,
  i_p: place,
  i_c: place,
  conv_index: place,
  key_characters: listOf(personRecord),
  dialogues: z.array(turnRecord),
  character_datasets: sheets,
});

export const plotRecord = z.looseObject({
  book_name: text,
  text: z.string().nullish(),
  summary: text,
  chapter: text,
  i_p: place,
  plot_index: place,
  key_characters: listOf(personRecord),
  conversation: z
    .union([z.array(z.unknown()), z.looseObject({}).transform((one): unknown[] => [one])])
    .nullish()
    .transform((list) => list ?? []),
  character_datasets: sheets,
});

export const bookRecord = z.looseObject({
  book: text,
  book_name: text,
  title: text,
  plots: listOf(z.unknown()),
  character_datasets: z.record(z.string(), z.unknown()).nullish(),
});

export const bookSheets = z.looseObject({ character_datasets: sheets });

export const sceneRecord = conversationRecord.extend({
  book: z.string().min(1),
  plot: z
    .looseObject({ summary: text, text, chapter: text, i_p: place, key_characters: listOf(personRecord) })
    .nullish()
    .transform((plot) => plot ?? undefined),
  character_profiles: z
    .record(z.string(), text)
    .nullish()
    .transform((profiles) => profiles ?? {}),
});
