import { z } from 'zod';
import { asked, id } from './protocol-fields.ts';

const beat = z.int().positive();

/** Scope `admin`: the story as a tree, what was seen on the way to one of its moments, another scene from there. */
export const storyMessages = [
  z.strictObject({ ...asked, type: z.literal('story') }),
  /** `beat`: a moment, or one of its versions. */
  z.strictObject({ ...asked, type: z.literal('story-look'), beat }),
  z.strictObject({ ...asked, type: z.literal('branch'), beat }),
  /** Scope `admin`: every setting as it holds in the scene, or for one character in it. */
  z.strictObject({ ...asked, type: z.literal('settings'), character: id.exactOptional() }),
  /** Scope `xray`: how a line came about. */
  z.strictObject({ ...asked, type: z.literal('why'), beat }),
  /** Scope `mind`: how much of the scene a character remembers, and what lore it was reminded of. */
  z.strictObject({ ...asked, type: z.literal('memory'), character: id }),
] as const;
