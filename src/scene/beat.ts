import { z } from 'zod';

/**
 * A scene's log is an append-only list of beats; all that is known of a scene is a fold of it.
 * The schemas stand at the border to storage: what is read back is checked, never trusted.
 */

/** `character:<card id>`, `player:<stage user id>` or `environment`. */
export const actorIdSchema = z.string().min(1).max(200);
export type ActorId = string;

/** Who did it, with the name it bore at the time. */
export const actorSchema = z.object({ id: actorIdSchema, name: z.string().min(1).max(100) });
export type Actor = Readonly<z.infer<typeof actorSchema>>;

export const ENVIRONMENT: Actor = { id: 'environment', name: 'Environment' };

export function characterActorId(cardId: string): ActorId {
  return `character:${cardId}`;
}

export function playerActorId(userId: string): ActorId {
  return `player:${userId}`;
}

export function isCharacterId(id: ActorId): boolean {
  return id.startsWith('character:');
}

export function isPlayerId(id: ActorId): boolean {
  return id.startsWith('player:');
}

const visibleSegmentSchema = z.object({
  kind: z.enum(['action', 'speech']),
  text: z.string(),
});
const segmentSchema = z.object({
  kind: z.enum(['thought', 'action', 'speech']),
  text: z.string(),
});

/** Where a beat's words came from; missing or unknown counts as Discord (they may never train). */
export const originSchema = z.enum(['discord', 'local', 'lab']).catch('discord');
export type Origin = z.infer<typeof originSchema>;

const common = {
  /** Place in the log: 1, 2, 3, … without gaps. */
  n: z.int().positive(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  origin: originSchema,
  /** Everyone who perceived it. Views are built from this and from nothing else. */
  witnesses: z.array(actorIdSchema),
  /** The platform's id of the message that caused it; the same source is never heard twice. */
  source: z.string().optional(),
};

/** How a turn was made, for "Why this?" and `/usage`: figures and names, never text of the turn. */
export const madeSchema = z.object({
  /** Model's name, or `script` for the understudy. */
  by: z.string(),
  /** The director's reason for this speaker. */
  why: z.string(),
  attempts: z.int(),
  /** Tokens. */
  promptTokens: z.number().optional(),
  cachedTokens: z.number().optional(),
  completionTokens: z.number().optional(),
  /** Milliseconds since the model was asked. */
  msToFirst: z.number().optional(),
  msToVisible: z.number().optional(),
  msToLast: z.number().optional(),
});
export type Made = Readonly<z.infer<typeof madeSchema>>;

/** Someone's turn. A character's own thoughts are in it; another's view never holds them. */
const lineSchema = z.object({
  ...common,
  kind: z.literal('line'),
  speaker: actorSchema,
  /** Idempotency: one turn id, one line. */
  turn: z.string(),
  segments: z.array(segmentSchema),
  /** Who is called to answer: by name, mention, reply, or because the draft began to speak for them. */
  addressed: z.array(actorIdSchema).optional(),
  /** The beat this line is a swipe (an alternative) of. */
  alternativeTo: z.int().positive().optional(),
  /** The step of an authored script that was played, for the understudy. */
  cue: z.string().optional(),
  made: madeSchema.optional(),
});

const narrationSchema = z.object({
  ...common,
  kind: z.literal('narration'),
  speaker: actorSchema,
  text: z.string(),
  cue: z.string().optional(),
  made: madeSchema.optional(),
});

const entranceSchema = z.object({
  ...common,
  kind: z.literal('entrance'),
  actor: actorSchema,
  text: z.string().optional(),
  /** There from the start: the stage's scene card says so, no line of its own. */
  quiet: z.boolean().optional(),
});

const exitSchema = z.object({
  ...common,
  kind: z.literal('exit'),
  actor: actorSchema,
  text: z.string().optional(),
});

const settingSchema = z.object({
  ...common,
  kind: z.literal('setting'),
  text: z.string(),
  /** The opening one, which the stage's scene card shows. */
  quiet: z.boolean().optional(),
});

/** Reaches exactly its addressees (they and the speaker are the witnesses). */
const whisperSchema = z.object({
  ...common,
  kind: z.literal('whisper'),
  speaker: actorSchema,
  to: z.array(actorSchema).min(1),
  turn: z.string(),
  segments: z.array(segmentSchema),
  addressed: z.array(actorIdSchema).optional(),
  cue: z.string().optional(),
});

const timeSchema = z.object({ ...common, kind: z.literal('time'), text: z.string() });

/** An edit: beat `of` now reads so. */
const amendSchema = z.object({
  ...common,
  kind: z.literal('amend'),
  of: z.int().positive(),
  segments: z.array(visibleSegmentSchema),
});

/** A deletion: beat `of` is gone for everybody, and its stored text is erased. */
const retractSchema = z.object({ ...common, kind: z.literal('retract'), of: z.int().positive() });

/** Of beat `of` and its swipes, `pick` is the one that counts. */
const chooseSchema = z.object({
  ...common,
  kind: z.literal('choose'),
  of: z.int().positive(),
  pick: z.int().positive(),
});

export const beatSchema = z.discriminatedUnion('kind', [
  lineSchema,
  narrationSchema,
  entranceSchema,
  exitSchema,
  settingSchema,
  whisperSchema,
  timeSchema,
  amendSchema,
  retractSchema,
  chooseSchema,
]);

export type Beat = Readonly<z.infer<typeof beatSchema>>;
export type BeatKind = Beat['kind'];
export type BeatOf<K extends BeatKind> = Extract<Beat, { kind: K }>;

/** A beat before the log has given it a number. */
export type NewBeat = Beat extends infer B ? (B extends Beat ? Omit<B, 'n'> : never) : never;
