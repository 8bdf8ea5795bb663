import { z } from 'zod';

/** Asked about all that happened in a scene and what holds in it; part of the protocol's messages. */
const asked = { re: z.string().max(64).exactOptional() };
const beat = z.int().positive();

/** Scope `admin`: the story as a tree, what was seen on the way to one of its moments, another scene from there. */
export const storyMessages = [
  z.strictObject({ ...asked, type: z.literal('story') }),
  /** `beat`: a moment, or one of its versions. */
  z.strictObject({ ...asked, type: z.literal('story-look'), beat }),
  z.strictObject({ ...asked, type: z.literal('branch'), beat }),
] as const;
