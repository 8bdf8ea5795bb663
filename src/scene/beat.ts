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

/** Where in a scene something happens: its main place, or a room (the scene id of the room's thread). */
export const placeSchema = z.string().min(1).max(200);
export type PlaceId = string;
export const MAIN_PLACE: PlaceId = 'main';

/** `awake` perceives all of its place; `apart` sees and does not hear; `asleep` perceives nothing. */
export const conditionSchema = z.enum(['awake', 'apart', 'asleep']);
export type Condition = z.infer<typeof conditionSchema>;

export function characterActorId(cardId: string): ActorId {
  return `character:${cardId}`;
}

/** The card that a character is played from; undefined for players and the Environment. */
export function cardIdOf(actor: ActorId): string | undefined {
  return isCharacterId(actor) ? actor.slice(characterActorId('').length) : undefined;
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

/** A part without a card that someone has say or do something: a waiter, a passer-by. */
export function walkOnId(name: string): ActorId {
  return `walk-on:${name.toLowerCase()}`;
}

const visibleSegmentSchema = z.object({
  kind: z.enum(['action', 'speech']),
  text: z.string(),
  cue: z.string().optional(),
});
const thoughtSchema = z.object({ kind: z.literal('thought'), text: z.string() });
const segmentSchema = z.discriminatedUnion('kind', [visibleSegmentSchema, thoughtSchema]);

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
  /** Those who saw it and did not hear what was said. */
  seen: z.array(actorIdSchema).optional(),
  /** Where it happened; absent in the main place. */
  place: placeSchema.optional(),
  /** The platform's id of the message that caused it; the same source is never heard twice. */
  source: z.string().optional(),
};

/** How a turn was made, for "Why this?" and `/usage`: figures and names, never text of the turn. */
export const madeSchema = z.object({
  /** Model's name, or `script` for the understudy. */
  by: z.string(),
  /** The director's reason for this speaker; everyone may read it. */
  why: z.string(),
  attempts: z.int(),
  /** The model was not there in time: a line from the card. */
  fallback: z.literal(true).optional(),
  /** Beats of its own view that came back to the speaker, beyond what it had before it anyway. */
  recalled: z.array(z.int().positive()).optional(),
  /** Lore that was called up: book and entry by id, why, and the beat whose words did it. */
  lore: z
    .array(
      z.object({
        book: z.string().max(200),
        entry: z.string().max(80),
        why: z.enum(['key', 'constant', 'sticky', 'recursion']),
        /** Which of its keys. */
        key: z.int().min(0).optional(),
        beat: z.int().positive().optional(),
      }),
    )
    .optional(),
  /** Entries that were called up and for which there was no room. */
  loreLeft: z.int().positive().optional(),
  /** It was chosen among candidates by a judge: figures and ids alone. */
  judged: z
    .object({
      /** The judge's model. */
      by: z.string(),
      /** Candidates that were compared, and pairs of them that were judged. */
      of: z.int().min(2),
      pairs: z.int().min(0),
      /** Milliseconds that drafting the others and judging added. */
      ms: z.number().min(0),
      /** Of the match that decided. */
      outcome: z.enum(['won', 'tie', 'missing']),
      /** The principle that decided, by its id; of one that the judge brought in only its dimension. */
      principle: z.string().max(80).optional(),
      dimension: z.string().max(40).optional(),
      /** Principles of a server's own were among those that it went by. */
      own: z.literal(true).optional(),
    })
    .optional(),
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
  /** A player spoke while this turn was made: it is no answer to them. */
  overtaken: z.boolean().optional(),
  /** It was broken off: what had been shown of it. */
  cut: z.literal(true).optional(),
  /** The step of an authored script that was played, for the understudy. */
  cue: z.string().optional(),
  made: madeSchema.optional(),
});

const personaSchema = z.object({
  sheet: z.string().max(2000).optional(),
  avatar: z.string().max(500).optional(),
});
export type Persona = Readonly<z.infer<typeof personaSchema>>;

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
  /** A player's persona: what anyone could know of it, and its picture. */
  persona: personaSchema.optional(),
  /** The Environment told of it; a person may undo it. */
  inferred: z.boolean().optional(),
});

const exitSchema = z.object({
  ...common,
  kind: z.literal('exit'),
  actor: actorSchema,
  text: z.string().optional(),
  /** Where they went, where that is another place of the scene; absent: out of it. */
  to: placeSchema.optional(),
  inferred: z.boolean().optional(),
});

/** Someone falls asleep, wakes, steps out of earshot or comes back. */
const changeSchema = z.object({
  ...common,
  kind: z.literal('change'),
  actor: actorSchema,
  condition: conditionSchema,
  text: z.string().optional(),
  inferred: z.boolean().optional(),
});

/** A thread became a place of this scene (its id is `place`). */
const roomSchema = z.object({ ...common, kind: z.literal('room'), name: z.string().min(1).max(100) });

/** Somebody is told of what they did not witness: the teller's version, and known as such. */
const toldSchema = z.object({
  ...common,
  kind: z.literal('told'),
  speaker: actorSchema,
  to: z.array(actorSchema).min(1),
  text: z.string(),
});

/** Something happens that only its witnesses notice: what a game tells of those who saw it. */
const eventSchema = z.object({ ...common, kind: z.literal('event'), text: z.string() });

/**
 * A coming or going that the Environment told of was none: beat `of` did not happen, and `actor`
 * witnessed these beats after all.
 */
const undoSchema = z.object({
  ...common,
  kind: z.literal('undo'),
  of: z.int().positive(),
  actor: actorSchema,
  beats: z.array(z.int().positive()),
});

/** `actor` forgets beat `of`, or all that it witnessed so far. */
const forgetSchema = z.object({
  ...common,
  kind: z.literal('forget'),
  actor: actorSchema,
  of: z.int().positive().optional(),
});

/** Beat `of` stays in the minds of those who witnessed it, however long ago it was; or no longer. */
const pinSchema = z.object({
  ...common,
  kind: z.literal('pin'),
  of: z.int().positive(),
  on: z.boolean(),
});

/** The scene's owner gives a character a thought of its own, for that many turns. */
const plantSchema = z.object({
  ...common,
  kind: z.literal('plant'),
  actor: actorSchema,
  text: z.string(),
  turns: z.int().positive(),
});

/** A private objective of a player; no character and no other player ever perceives it. */
const secretSchema = z.object({
  ...common,
  kind: z.literal('secret'),
  actor: actorSchema,
  text: z.string(),
});

/** What the director and the Environment are to keep in mind for that many turns. */
const steerSchema = z.object({
  ...common,
  kind: z.literal('steer'),
  text: z.string(),
  turns: z.int().positive(),
});

/** The cast may go on for that many turns, whatever the budget says. */
const grantSchema = z.object({ ...common, kind: z.literal('grant'), turns: z.int().min(0) });

/** The scene goes on from where it stood after beat `to`; what came since is an abandoned branch. */
const rewindSchema = z.object({ ...common, kind: z.literal('rewind'), to: z.int().min(0) });

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
  overtaken: z.boolean().optional(),
  cue: z.string().optional(),
  made: madeSchema.optional(),
});

/** Time goes by (`minutes`), or the scene's clock is set (`clock`, minutes since midnight of its first day). */
const timeSchema = z.object({
  ...common,
  kind: z.literal('time'),
  text: z.string(),
  minutes: z.int().min(0).optional(),
  clock: z.int().min(0).optional(),
});

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
  changeSchema,
  roomSchema,
  toldSchema,
  eventSchema,
  undoSchema,
  forgetSchema,
  pinSchema,
  plantSchema,
  secretSchema,
  steerSchema,
  grantSchema,
  rewindSchema,
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
