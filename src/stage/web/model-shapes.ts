import { z } from 'zod';

const answering = { re: z.string().exactOptional() };
const bytes = z.int().nonnegative();

/** A model that can be downloaded by its name; its address is known to the stage alone. */
const namedModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the whole file; absent: its server tells. */
  bytes: bytes.exactOptional(),
  licence: z.string(),
  /** The host that it is downloaded from. */
  from: z.string(),
  /** Where the text of a scene goes when it plays. */
  where: z.string(),
  state: z.enum(['absent', 'partly', 'there']),
  /** Bytes that are here. */
  have: bytes,
  /** It is being downloaded. */
  coming: z.boolean(),
  /** Once it is there and can be played: what `connect` takes. */
  offer: z.string().exactOptional(),
});
export type WireNamedModel = z.infer<typeof namedModelSchema>;

/** What is told of named models, to sessions with `admin`. */
export const modelAnswers = [
  z.object({
    type: z.literal('models'),
    ...answering,
    models: z.array(namedModelSchema),
    /** The package that plays them is there. */
    installed: z.boolean(),
    /** Else one line that says what to install. */
    install: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('model-progress'), model: z.string(), bytes, of: bytes }),
] as const;
