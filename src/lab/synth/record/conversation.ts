import { z } from 'zod';

/** How a plan came about (her-spec 6.3): kept in form, rewritten, made anew, or there from the start. */
export const PLAN_TYPES = ['A', 'B', 'C', 'given'] as const;

/**
 * One turn of a conversation, as it stands between two steps. All layers are in it, system thinking too:
 * records live in folders of the lab and nowhere else.
 */
export const turnSchema = z.strictObject({
  /** Its place among the turns as they were loaded, from 0: the same for ever, whatever becomes of others. */
  id: z.int().min(0),
  /** Places in the source’s dialogue that were merged into it. */
  from: z.array(z.int().min(0)).min(1),
  /** `Environment` is the world. */
  speaker: z.string().min(1),
  /** HER text in canonical form: no plan, no name before it. */
  text: z.string().min(1),
  /** The text as it was loaded, where a step changed it. */
  original: z.string().min(1).optional(),
  /** HER’s system thinking, which leads to this text. */
  plan: z.string().min(1).optional(),
  planType: z.enum(PLAN_TYPES).optional(),
  /** What a model planned before it knew this text. */
  draft: z.string().min(1).optional(),
});

/** What a sheet says; each part may be completed. */
export const SHEET_FIELDS = ['profile', 'background', 'motivation', 'description', 'experience'] as const;
export type SheetField = (typeof SHEET_FIELDS)[number];

/** A text that a step completed: the whole of it, and what was added on which words of the source. */
export const completedSchema = z.strictObject({
  text: z.string().min(1),
  added: z.array(z.strictObject({ text: z.string().min(1), quote: z.string().min(1) })).min(1),
});

export const characterSchema = z.strictObject({
  name: z.string().min(1),
  profile: z.string().default(''),
  background: z.string().default(''),
  /** What it has in mind; nobody else is told. */
  motivation: z.string().default(''),
  description: z.string().default(''),
  experience: z.string().default(''),
  completed: z.partialRecord(z.enum(SHEET_FIELDS), completedSchema).optional(),
});

/**
 * One conversation with all that the steps of synthesis need: a line of each step’s file (her-spec 6.1).
 * Words that came through Discord are never made into one.
 */
export const conversationSchema = z.strictObject({
  format: z.literal(1),
  /** Of this data set: `book-plot-conversation` where the source says so. */
  id: z.string().min(1).max(300),
  /** By which test sets are kept apart (her-spec 8.6). */
  key: z.strictObject({
    book: z.string(),
    plot: z.int().optional(),
    conversation: z.int().optional(),
  }),
  source: z.enum(['coser', 'her', 'transcript', 'scene']),
  /** Any other may not train a model. */
  origin: z.enum(['local', 'lab']),
  chapter: z.string().default(''),
  topic: z.string().default(''),
  /** Of the plot. */
  summary: z.string().default(''),
  /** Words of the source around the conversation, on which additions must stand; '' where none are there. */
  passage: z.string().default(''),
  scenario: z.string().default(''),
  completed: z.strictObject({ scenario: completedSchema.optional() }).optional(),
  /** Each name once; who speaks without a sheet is not in it. */
  characters: z.array(characterSchema),
  turns: z.array(turnSchema).min(1),
});

export type Turn = Readonly<z.infer<typeof turnSchema>>;
export type SheetCharacter = Readonly<z.infer<typeof characterSchema>>;
export type Conversation = Readonly<z.infer<typeof conversationSchema>>;
export type Completed = Readonly<z.infer<typeof completedSchema>>;
