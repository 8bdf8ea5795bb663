import { z } from 'zod';
import { asked, id, line, spoken } from './protocol-fields.ts';

/** Messages by which a game directs a scene: events and who noticed them, actions it can show, time, saves, places. */
export const gameMessages = [
  /** Exactly these noticed it: card ids, `player` (of this session), or `everyone` who is there. */
  z.strictObject({
    ...spoken,
    type: z.literal('perceive'),
    text: line,
    witnesses: z.array(id).min(1).max(50),
  }),
  /** Names of actions that turns (of this card id; else of all) pick from; an empty list ends it. */
  z.strictObject({
    ...asked,
    type: z.literal('cues'),
    character: id.exactOptional(),
    actions: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(
              /^[a-z0-9_.-]{1,40}$/,
              'An action’s name has up to 40 small letters, digits and _ . - in it.',
            ),
          /** Words that say what it is; several ways of saying it with commas between them. */
          means: z.string().trim().min(1).max(200).exactOptional(),
        }),
      )
      .max(64),
  }),
  /** A turn of which nothing was shown by then is given up: the character says a line from its card. */
  z.strictObject({
    ...asked,
    type: z.literal('pace'),
    deadline_ms: z.int().min(500).max(120_000).nullable(),
  }),
  /** The turn in the making ends; what was shown of it stays. */
  z.strictObject({ ...asked, type: z.literal('interrupt') }),
  z.strictObject({ ...asked, type: z.literal('save'), name: z.string().trim().min(1).max(80) }),
  z.strictObject({ ...asked, type: z.literal('saves') }),
  /** A scene that goes on from there is opened on this socket. */
  z.strictObject({ ...asked, type: z.literal('load'), save: id }),
  /** A card id, or `player`, goes to a room by its name, made where it is not there yet, or to `main`. */
  z.strictObject({ ...asked, type: z.literal('move'), who: id, to: z.string().trim().min(1).max(60) }),
] as const;
