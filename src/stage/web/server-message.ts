import { z } from 'zod';
import { cardDataSchema } from '../../cast/cards/card-data.ts';
import { behindAnswers } from './behind-shapes.ts';
import {
  changeSchema,
  loreEntrySchema,
  promptMessageSchema,
  triedTurnSchema,
  worldSchema,
} from './card-shapes.ts';
import { judgedSchema } from './judged-shape.ts';
import { modelAnswers } from './model-shapes.ts';
import { errorCodeSchema, PROTOCOL, scopeSchema } from './protocol.ts';
import { storyAnswers } from './story-shapes.ts';
import {
  actorSchema,
  beatSchema,
  characterSchema,
  completionSchema,
  draftSchema,
  factSchema,
  fileSchema,
  librarySchema,
  offerSchema,
  playingSchema,
  saveSchema,
  sceneSchema,
  thoughtSchema,
  viewEntrySchema,
  visibleSegmentSchema,
  whisperSchema,
} from './wire-shapes.ts';

/** The `re` of the message that is answered. */
const answering = { re: z.string().exactOptional() };

/** What the stage sends. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  /** First message on every socket. `run` is new with every start of the process. */
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    run: z.string(),
    scopes: z.array(scopeSchema),
    library: librarySchema,
    playing: playingSchema,
    house: z.array(factSchema),
  }),
  z.object({
    type: z.literal('opened'),
    ...answering,
    scene: sceneSchema,
    /** The room where this session's player speaks; absent: the main place. */
    place: z.string().exactOptional(),
    revision: z.int().nonnegative(),
    /** True: forget what was shown, `beats` is all there is. False: `beats` go on from `after`. */
    reset: z.boolean(),
    beats: z.array(beatSchema),
    /** There are beats before these; ask with `history`. */
    earlier: z.boolean(),
    /** This player's whispers so far. */
    whispers: z.array(whisperSchema),
  }),
  z.object({ type: z.literal('beat'), beat: beatSchema }),
  /** A shown beat reads differently now, or is gone (`beat` absent). */
  z.object({
    type: z.literal('update'),
    n: z.int().positive(),
    beat: beatSchema.exactOptional(),
    revision: z.int().nonnegative(),
  }),
  z.object({
    type: z.literal('partial'),
    turn: z.string(),
    speaker: actorSchema,
    segment: visibleSegmentSchema,
    place: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('withdraw'), turn: z.string() }),
  z.object({
    type: z.literal('typing'),
    who: actorSchema.exactOptional(),
    /** The director's reason, for everyone. */
    why: z.string().exactOptional(),
    /** The room where they are; absent: the main place. */
    place: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('scene'), scene: sceneSchema }),
  z.object({
    type: z.literal('notice'),
    kind: z.string(),
    text: z.string(),
    retry: z.boolean(),
    place: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('whisper'), whisper: whisperSchema }),
  z.object({ type: z.literal('draft'), draft: draftSchema }),
  /** Scope `xray`: how a turn was chosen among candidates. */
  z.object({ type: z.literal('judged'), judged: judgedSchema }),
  z.object({ type: z.literal('library'), library: librarySchema }),
  z.object({ type: z.literal('playing'), playing: playingSchema }),
  z.object({ type: z.literal('house'), house: z.array(factSchema) }),
  /** Answers, each with the `re` of what was asked. */
  z.object({ type: z.literal('done'), ...answering }),
  /** `counted` where it was written down: of people who opted in alone. */
  z.object({
    type: z.literal('rated'),
    ...answering,
    beat: z.int().positive(),
    counted: z.boolean(),
  }),
  /** A line was heard and stands in the log as `beat`. */
  z.object({
    type: z.literal('heard'),
    ...answering,
    beat: z.int().positive(),
  }),
  /** `moved`: the command made a place of its own; open it. */
  z.object({
    type: z.literal('reply'),
    ...answering,
    text: z.string(),
    moved: z.string().exactOptional(),
    files: z.array(fileSchema).exactOptional(),
  }),
  z.object({
    type: z.literal('completions'),
    ...answering,
    completions: z.array(completionSchema),
  }),
  z.object({
    type: z.literal('thoughts'),
    ...answering,
    beat: z.int().positive(),
    thoughts: z.array(thoughtSchema),
  }),
  z.object({
    type: z.literal('mind'),
    ...answering,
    character: z.string(),
    entries: z.array(viewEntrySchema),
  }),
  z.object({ type: z.literal('history'), ...answering, beats: z.array(beatSchema), earlier: z.boolean() }),
  /** `thoughts`: they are in it; else the scene's policy keeps them to some. */
  z.object({
    type: z.literal('share'),
    ...answering,
    name: z.string(),
    html: z.string(),
    thoughts: z.boolean(),
  }),
  z.object({ type: z.literal('saved'), ...answering, save: saveSchema }),
  z.object({ type: z.literal('saves'), ...answering, saves: z.array(saveSchema) }),
  /** Who went where: the id of a room; absent: the main place. Of this session's player: open it to speak there. */
  z.object({ type: z.literal('moved'), ...answering, who: z.string(), place: z.string().exactOptional() }),
  z.object({ type: z.literal('offers'), ...answering, offers: z.array(offerSchema) }),
  z.object({ type: z.literal('connected'), ...answering, model: z.string() }),
  /** What a file brought in. */
  z.object({
    type: z.literal('card'),
    ...answering,
    characters: z.array(characterSchema),
    worlds: z.array(worldSchema),
    warnings: z.array(z.string()),
    /** A chat went on as this scene; open it. `warnings` says what was taken over. */
    moved: z.string().exactOptional(),
  }),
  z.object({
    type: z.literal('card-open'),
    ...answering,
    character: characterSchema,
    card: cardDataSchema,
    /** It has a picture of its own. */
    picture: z.boolean(),
  }),
  z.object({
    type: z.literal('card-saved'),
    ...answering,
    character: characterSchema,
    warnings: z.array(z.string()),
  }),
  z.object({ type: z.literal('file'), ...answering, file: fileSchema }),
  z.object({ type: z.literal('card-preview'), ...answering, prompt: z.array(promptMessageSchema) }),
  /** `turn` is absent where the draft could not be used. */
  z.object({
    type: z.literal('card-tried'),
    ...answering,
    prompt: z.array(promptMessageSchema),
    turn: triedTurnSchema.exactOptional(),
  }),
  z.object({
    type: z.literal('proposal'),
    ...answering,
    changes: z.array(changeSchema),
    dropped: z.array(z.string()),
  }),
  z.object({ type: z.literal('card-taken'), ...answering, card: cardDataSchema }),
  z.object({ type: z.literal('worlds'), ...answering, worlds: z.array(worldSchema) }),
  z.object({
    type: z.literal('world'),
    ...answering,
    world: worldSchema,
    entries: z.array(loreEntrySchema),
  }),
  ...modelAnswers,
  ...storyAnswers,
  ...behindAnswers,
  z.object({ type: z.literal('error'), ...answering, code: errorCodeSchema, message: z.string() }),
]);

export type ServerMessage = z.infer<typeof serverMessageSchema>;
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;
