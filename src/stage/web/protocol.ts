import { z } from 'zod';
import { cardDataSchema } from '../../cast/cards/card-data.ts';
import { changeSchema } from './card-shapes.ts';
import { asked, id, LONGEST_LINE, line, spoken } from './protocol-fields.ts';
import { gameMessages } from './protocol-game.ts';
import { modelMessages } from './protocol-model.ts';
import { storyMessages } from './protocol-story.ts';

/**
 * The stage protocol, version 1: one WebSocket, one JSON object a message, in both directions.
 * The local page speaks this and nothing else; so do games. Described in docs/protocol.md.
 */
export const PROTOCOL = 1;

/** Asked for as the WebSocket's subprotocol; a token is the second one, or comes as `Authorization: Bearer`. */
export const SUBPROTOCOL = `dramatis.v${PROTOCOL}`;

/** Bytes of one message from a session without `admin`. */
export const LARGEST_MESSAGE = 64 * 1024;
/** Bytes of one file that is dropped on the page; what a card, a CharX or a world may hold is less or the same. */
export const LARGEST_CARD_FILE = 32 * 1024 * 1024;
/** Bytes of one message from any session (a card and its picture travel in it, or a piece of a file). */
export const LARGEST_CARD_MESSAGE = 16 * 1024 * 1024;
/** Bytes of a picture that is sent along with a card. */
const LARGEST_PICTURE = 8 * 1024 * 1024;
/** Characters of a text that setting completion may draw from. */
const LONGEST_SOURCE = 200_000;

/**
 * What a session may ask for beyond watching: `play` a part, `direct` the scene, `peek` thoughts of a beat,
 * `mind` what a character witnessed, `xray` drafts, `admin` cards and models. The page that this process
 * served holds them all; an application those that its token was made with (`APPLICATION_SCOPES`).
 */
export const scopeSchema = z.enum(['play', 'direct', 'peek', 'mind', 'xray', 'admin']);
export type Scope = z.infer<typeof scopeSchema>;

const beatNumber = z.int().positive();
/** A whole card, as it is edited: Character Card V3's fields, any others kept. */
const card = cardDataSchema;

export const clientMessageSchema = z.discriminatedUnion('type', [
  /** Opens a scene (or one of its rooms) on this socket: a known one, a new one (`start`), or what is playing. */
  z.strictObject({
    ...asked,
    type: z.literal('open'),
    scene: id.exactOptional(),
    /** Last beat the session has, and the revision and run it knew then: only what is new is sent. */
    after: z.int().nonnegative().exactOptional(),
    revision: z.int().nonnegative().exactOptional(),
    run: z.string().max(64).exactOptional(),
    /** The persona to play as; without it the scene's own, or Guest. */
    as: z
      .strictObject({
        /** The application's own name for that player: each has their own mind of what happened. */
        id: z
          .string()
          .regex(/^[\w.@-]{1,64}$/, 'An id has letters, digits, and _ . @ - in it.')
          .exactOptional(),
        name: z.string().trim().min(1).max(80),
        sheet: z.string().max(4000).exactOptional(),
      })
      .exactOptional(),
    /** Scope `peek`: after each line of a character its `thoughts` come unasked. */
    thoughts: z.literal(true).exactOptional(),
    start: z
      .strictObject({
        script: id.exactOptional(),
        title: z.string().trim().max(100).exactOptional(),
        setting: z.string().trim().max(LONGEST_LINE).exactOptional(),
        cast: z.array(id).max(25).exactOptional(),
      })
      .exactOptional(),
  }),
  /** Brings a character on stage, or lets it leave. */
  z.strictObject({ ...asked, type: z.literal('cast'), character: id, present: z.boolean() }),
  /** `addressed`: card ids, where the session knows better than the text. */
  z.strictObject({
    ...spoken,
    type: z.literal('say'),
    text: line,
    addressed: z.array(id).max(25).exactOptional(),
  }),
  z.strictObject({ ...spoken, type: z.literal('act'), text: line }),
  z.strictObject({ ...spoken, type: z.literal('whisper'), to: z.array(id).min(1).max(25), text: line }),
  /** A turn now: of a card id, of `environment`, or of whom the director picks. */
  z.strictObject({ ...asked, type: z.literal('next'), who: id.exactOptional() }),
  z.strictObject({ ...asked, type: z.literal('stop') }),
  z.strictObject({ ...asked, type: z.literal('retry') }),
  /** Another version of the newest line of a character: an earlier one, a later or new one, a new one. */
  z.strictObject({
    ...asked,
    type: z.literal('swipe'),
    beat: beatNumber,
    step: z.enum(['previous', 'next', 'again']),
  }),
  /** 👍 or 👎 for a line of a character as it stands; null takes one's own back. */
  z.strictObject({
    ...asked,
    type: z.literal('rate'),
    beat: beatNumber,
    thumb: z.enum(['up', 'down']).nullable(),
  }),
  /** The story goes on from this beat; with scope `admin`: a line of a character reads otherwise; a coming or going was none. */
  z.strictObject({ ...asked, type: z.literal('rewind'), beat: beatNumber }),
  z.strictObject({ ...asked, type: z.literal('reword'), beat: beatNumber, text: line }),
  z.strictObject({ ...asked, type: z.literal('undo'), beat: beatNumber }),
  /** A slash command as typed, and what may follow one. */
  z.strictObject({ ...asked, type: z.literal('command'), text: z.string().max(LONGEST_LINE + 200) }),
  z.strictObject({ ...asked, type: z.literal('complete'), text: z.string().max(LONGEST_LINE + 200) }),
  /** Beats before this one, for scrolling up. */
  z.strictObject({ ...asked, type: z.literal('history'), before: beatNumber }),
  /** Scope `peek`. */
  z.strictObject({ ...asked, type: z.literal('peek'), beat: beatNumber }),
  z.strictObject({ ...asked, type: z.literal('share') }),
  /** Scope `mind`. */
  z.strictObject({ ...asked, type: z.literal('mind'), character: id }),
  /** Scope `xray`. */
  z.strictObject({ ...asked, type: z.literal('xray'), on: z.boolean() }),
  /** Scope `admin`: models that could play, one of them confirmed, a dropped card file in base64. */
  z.strictObject({ ...asked, type: z.literal('offers') }),
  z.strictObject({
    ...asked,
    type: z.literal('connect'),
    offer: id.exactOptional(),
    typed: z
      .strictObject({
        url: z.string().trim().max(500).exactOptional(),
        key: z.string().trim().max(500).exactOptional(),
        model: z.string().trim().max(200).exactOptional(),
      })
      .exactOptional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('card'),
    name: z.string().min(1).max(255),
    data: z.base64().min(1).exactOptional(),
    /** In place of `data`: what came before in pieces under this name. */
    upload: z.string().min(1).max(64).exactOptional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('card-part'),
    upload: z.string().min(1).max(64),
    data: z.base64().min(1),
  }),
  /** Scope `admin`: a card of the library, whole; saved (anew without `character`), deleted, as a file. */
  z.strictObject({ ...asked, type: z.literal('card-open'), character: id }),
  z.strictObject({
    ...asked,
    type: z.literal('card-save'),
    character: id.exactOptional(),
    card,
    /** In base64: PNG, JPEG or WebP; null: none any more; absent: as it was. */
    picture: z
      .base64()
      .min(1)
      .max(Math.ceil(LARGEST_PICTURE / 3) * 4, `A picture holds at most ${LARGEST_PICTURE / 1024 / 1024} MB.`)
      .nullable()
      .exactOptional(),
  }),
  z.strictObject({ ...asked, type: z.literal('card-delete'), character: id }),
  z.strictObject({
    ...asked,
    type: z.literal('card-export'),
    character: id,
    as: z.enum(['v3', 'v2', 'png', 'yaml']),
  }),
  /** Scope `admin`: what a card's model would be asked, what it would answer, what it lacks. Nothing is kept. */
  z.strictObject({ ...asked, type: z.literal('card-preview'), card }),
  z.strictObject({ ...asked, type: z.literal('card-try'), card, cue: line }),
  z.strictObject({
    ...asked,
    type: z.literal('card-enrich'),
    card,
    text: z.string().max(LONGEST_SOURCE).exactOptional(),
  }),
  /** A card with these changes, as they were proposed or reworded. */
  z.strictObject({
    ...asked,
    type: z.literal('card-take'),
    card,
    changes: z.array(changeSchema).max(500),
  }),
  /** Scope `admin`: lorebooks of their own. */
  z.strictObject({ ...asked, type: z.literal('world-list') }),
  z.strictObject({ ...asked, type: z.literal('world-open'), world: id }),
  z.strictObject({ ...asked, type: z.literal('world-export'), world: id }),
  z.strictObject({ ...asked, type: z.literal('world-delete'), world: id }),
  ...modelMessages,
  ...storyMessages,
  ...gameMessages,
]);

export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type ClientMessageOf<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;

/** Which scope a message needs, where it needs one. */
export const scopeNeeded: Readonly<Partial<Record<ClientMessage['type'], Scope>>> = {
  say: 'play',
  act: 'play',
  whisper: 'play',
  rate: 'play',
  cast: 'direct',
  next: 'direct',
  stop: 'direct',
  retry: 'direct',
  swipe: 'direct',
  command: 'direct',
  complete: 'direct',
  peek: 'peek',
  share: 'peek',
  mind: 'mind',
  xray: 'xray',
  rewind: 'direct',
  perceive: 'direct',
  cues: 'direct',
  pace: 'direct',
  interrupt: 'direct',
  save: 'direct',
  saves: 'direct',
  load: 'direct',
  move: 'direct',
  reword: 'admin',
  undo: 'admin',
  offers: 'admin',
  connect: 'admin',
  models: 'admin',
  'model-fetch': 'admin',
  'model-stop': 'admin',
  card: 'admin',
  'card-part': 'admin',
  'card-open': 'admin',
  'card-save': 'admin',
  'card-delete': 'admin',
  'card-export': 'admin',
  'card-preview': 'admin',
  'card-try': 'admin',
  'card-enrich': 'admin',
  'card-take': 'admin',
  'world-list': 'admin',
  'world-open': 'admin',
  'world-export': 'admin',
  'world-delete': 'admin',
  story: 'admin',
  'story-look': 'admin',
  branch: 'admin',
  settings: 'admin',
  why: 'xray',
  memory: 'mind',
};

export const errorCodeSchema = z.enum([
  'malformed',
  'unknown-type',
  'too-large',
  'forbidden',
  'no-scene',
  'version',
  'player',
  'operator',
  'model',
  'failed',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;
