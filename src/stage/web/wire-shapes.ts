import { z } from 'zod';
import { MARK_KINDS } from '../../engine/continuity/continuity-api.ts';

/** The shapes that travel in server messages. Each is an allow-list: what it does not name cannot be sent. */
export const actorSchema = z.object({ id: z.string(), name: z.string() });
export const visibleSegmentSchema = z.object({
  kind: z.enum(['action', 'speech']),
  text: z.string(),
  /** Of an action: the name of what the game shows for it, one of its `cues`. */
  cue: z.string().exactOptional(),
});
export const segmentSchema = z.object({ kind: z.enum(['thought', 'action', 'speech']), text: z.string() });
export const thoughtSchema = z.object({ kind: z.literal('thought'), text: z.string() });

/** A beat as the room perceives it. */
export const beatSchema = z.object({
  n: z.int().positive(),
  at: z.number(),
  kind: z.enum(['line', 'narration', 'entrance', 'exit', 'setting', 'time']),
  speaker: actorSchema.exactOptional(),
  segments: z.array(visibleSegmentSchema),
  alternativeTo: z.int().positive().exactOptional(),
  /** Id of the room where it happened; absent in the scene's main place. */
  place: z.string().exactOptional(),
  /** A coming, going or change that the Narrator told of; it can be undone. */
  inferred: z.literal(true).exactOptional(),
  /** Nothing of the model's was there in time: a line from the card. */
  fallback: z.literal(true).exactOptional(),
  /** It was interrupted: so much of it was shown. */
  cut: z.literal(true).exactOptional(),
  /** Scope `peek`: how many thoughts it holds; asked for one by one. */
  thoughts: z.int().positive().exactOptional(),
});
export type WireBeat = z.infer<typeof beatSchema>;

export const whisperSchema = z.object({
  n: z.int().positive(),
  from: actorSchema,
  to: z.array(actorSchema),
  text: z.string(),
});
export type WireWhisper = z.infer<typeof whisperSchema>;

export const viewEntrySchema = z.object({
  n: z.int().positive(),
  kind: z.enum([
    'line',
    'narration',
    'entrance',
    'exit',
    'change',
    'setting',
    'whisper',
    'told',
    'event',
    'time',
  ]),
  speaker: actorSchema.exactOptional(),
  own: z.boolean(),
  segments: z.array(segmentSchema),
  to: z.array(actorSchema).exactOptional(),
});
export type WireViewEntry = z.infer<typeof viewEntrySchema>;

export const faceSchema = z.object({
  /** Card id. */
  id: z.string(),
  name: z.string(),
  /** Path on this server. */
  avatar: z.string(),
  /** One of the eight role colours. */
  color: z.int().nonnegative(),
});
export type Face = z.infer<typeof faceSchema>;

export const characterSchema = faceSchema.extend({
  about: z.string(),
  tags: z.array(z.string()),
  source: z.enum(['shipped', 'own', 'server']),
});
export type WireCharacter = z.infer<typeof characterSchema>;

export const chipSchema = z.object({
  label: z.string(),
  do: z.enum(['say', 'act', 'whisper']),
  to: z.string().exactOptional(),
  text: z.string(),
});
export type Chip = z.infer<typeof chipSchema>;

/** The newest line of a character in a place, where it has (or could have) other versions: version k of n. */
export const swipesSchema = z.object({
  n: z.int().positive(),
  version: z.int().positive(),
  versions: z.int().positive(),
});
export type WireSwipes = z.infer<typeof swipesSchema>;

/** What anyone in the room may know of the scene. */
export const sceneSchema = z.object({
  id: z.string(),
  title: z.string(),
  tagline: z.string(),
  setting: z.string(),
  status: z.enum(['playing', 'paused', 'ended']),
  preset: z.string(),
  /** `place`: scope `admin`: the room where they are; absent in the main place. */
  cast: z.array(
    faceSchema.extend({ about: z.string(), present: z.boolean(), place: z.string().exactOptional() }),
  ),
  players: z.array(actorSchema.extend({ present: z.boolean(), place: z.string().exactOptional() })),
  /** Places of the scene beside its main one. */
  rooms: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The story's hour in words, where it was ever set. */
  clock: z.string().exactOptional(),
  swipes: z.array(swipesSchema),
  beats: z.int().nonnegative(),
  turnsLeft: z.number(),
  turnsPerLine: z.number(),
  /** Absent: the scripted demo plays. */
  model: z.string().exactOptional(),
  /** Drafts of each turn among which the `judge` (a model's name) chooses; absent: one, and no judge. */
  bestOf: z.int().min(2).exactOptional(),
  judge: z.string().exactOptional(),
  /** Players who are here and whose choices are counted. */
  choicesOf: z.array(actorSchema).exactOptional(),
  chips: z.array(chipSchema),
  /** The name this session plays under. */
  you: z.string(),
});
export type WireScene = z.infer<typeof sceneSchema>;

/** A remark of continuity on a line; `quote`: words of it that anyone could see or hear. */
export const markSchema = z.object({ kind: z.enum(MARK_KINDS), quote: z.string(), by: z.string() });
export type WireMark = z.infer<typeof markSchema>;

export const draftSchema = z.object({
  turn: z.string(),
  speaker: actorSchema,
  beat: z.int().positive().exactOptional(),
  why: z.string(),
  systemThinking: z.string().exactOptional(),
  thoughts: z.array(thoughtSchema),
  faults: z.array(z.string()),
  /** Lore that stood in its prompt, and how many entries had no room there. */
  lore: z
    .array(
      z.object({
        name: z.string(),
        why: z.enum(['key', 'constant', 'sticky', 'recursion']),
        key: z.string().exactOptional(),
        beat: z.int().positive().exactOptional(),
      }),
    )
    .exactOptional(),
  loreLeft: z.int().positive().exactOptional(),
  scripted: z.boolean(),
  attempt: z.number(),
  /** It is one of `of` candidates, in this place (from 0). */
  candidate: z.object({ at: z.int().nonnegative(), of: z.int().positive() }).exactOptional(),
  marks: z.array(markSchema).exactOptional(),
  usage: z
    .object({
      model: z.string(),
      promptTokens: z.number(),
      cachedTokens: z.number(),
      completionTokens: z.number(),
      msToFirst: z.number(),
      msToLast: z.number(),
    })
    .exactOptional(),
});
export type WireDraft = z.infer<typeof draftSchema>;

export const factSchema = z.object({ what: z.string(), is: z.string(), change: z.string() });
export const offerSchema = z.object({
  id: z.string(),
  model: z.string(),
  where: z.string(),
  cost: z.string(),
});
/** A model that was found: its name, where text would go, whether it costs. */
export type Offer = z.infer<typeof offerSchema>;

export const librarySchema = z.object({
  characters: z.array(characterSchema),
  scenes: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      tagline: z.string(),
      cast: z.array(z.string()),
    }),
  ),
  problems: z.array(z.string()),
});
export type WireLibrary = z.infer<typeof librarySchema>;

export const playingSchema = z.array(
  z.object({ id: z.string(), title: z.string(), status: z.enum(['playing', 'paused', 'ended']) }),
);
export type WirePlaying = z.infer<typeof playingSchema>;

/** A place of the story to go on from: beat number and time of the save. */
export const saveSchema = z.object({
  id: z.string(),
  name: z.string(),
  beat: z.int().nonnegative(),
  at: z.number(),
});
export type WireSave = z.infer<typeof saveSchema>;

/** A file that a command hands over: its text, or its bytes in base64. */
export const fileSchema = z.object({
  name: z.string(),
  content: z.string(),
  base64: z.literal(true).exactOptional(),
});
export type WireFile = z.infer<typeof fileSchema>;

/** A way to go on with a typed command: `text` is the whole line then. */
export const completionSchema = z.object({ text: z.string(), label: z.string(), description: z.string() });
