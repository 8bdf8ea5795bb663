import { z } from 'zod';
import { settingSchema } from './settings-shape.ts';
import { actorSchema, beatSchema } from './wire-shapes.ts';

/** Something that people could see, with the first words of it. */
export const momentSchema = z.object({
  n: z.int().positive(),
  at: z.number(),
  kind: z.enum(['line', 'narration', 'entrance', 'exit', 'setting', 'time']),
  speaker: actorSchema.exactOptional(),
  words: z.string(),
  /** The moment that it followed; absent: it was the first that is sent. */
  parent: z.int().positive().exactOptional(),
  /** Part of the story as it is now; else it was left behind. */
  now: z.boolean(),
  /** Of a line that was swiped: its versions, of which one stands. */
  versions: z
    .array(z.object({ n: z.int().positive(), words: z.string(), stands: z.boolean() }))
    .exactOptional(),
});
export type WireMoment = z.infer<typeof momentSchema>;

const answering = { re: z.string().exactOptional() };

/** Answers about the story of a scene, and what is set in it. */
export const storyAnswers = [
  z.object({
    type: z.literal('story'),
    ...answering,
    /** In the order in which they happened, the newest of them. */
    moments: z.array(momentSchema),
    /** Saves that stand at one of these moments. */
    saves: z.array(z.object({ name: z.string(), beat: z.int().positive() })),
  }),
  /** What was seen on the way there, as far as it is sent, oldest first. */
  z.object({ type: z.literal('story-look'), ...answering, beats: z.array(beatSchema) }),
  /** Another scene goes on from there; open it. */
  z.object({ type: z.literal('branched'), ...answering, scene: z.string() }),
  z.object({ type: z.literal('settings'), ...answering, settings: z.array(settingSchema) }),
] as const;
