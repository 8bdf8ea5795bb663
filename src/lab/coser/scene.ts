import { z } from 'zod';

/**
 * A scene of CoSER’s published test set (`Neph0s/CoSER`, `test_set.json`; her-spec 4.1, lab.md 3.1). Of what
 * characters have in mind the published set says `thought` and the evaluators read `motivation`; both are
 * kept apart. What is not named here is kept as it came.
 */
const keyCharacterSchema = z.looseObject({
  name: z.string().min(1),
  motivation: z.string().optional(),
  thought: z.string().optional(),
});

const plotSchema = z.looseObject({
  summary: z.string().default(''),
  i_p: z.int().optional(),
  key_characters: z
    .array(z.looseObject({ name: z.string().min(1), description: z.string().default('') }))
    .default([]),
});

export const coserSceneSchema = z.looseObject({
  book: z.string().min(1),
  i_p: z.int().optional(),
  i_c: z.int().default(0),
  tag: z.string().optional(),
  topic: z.string().default(''),
  scenario: z.string().default(''),
  plot: plotSchema.default({ summary: '', key_characters: [] }),
  key_characters: z.array(keyCharacterSchema).default([]),
  character_profiles: z.record(z.string(), z.string()).default({}),
  speaking_characters_w_env: z.array(z.string().min(1)).min(1, 'nobody speaks in it'),
  major_characters: z.array(z.string().min(1)).default([]),
  dialogues: z
    .array(z.looseObject({ character: z.string().min(1), message: z.string() }))
    .min(1, 'it has no conversation'),
});

export type CoserScene = Readonly<z.infer<typeof coserSceneSchema>> & {
  /** `book-i_p-i_c`, as both evaluators name it. */
  readonly id: string;
};

/** The name by which both evaluators know a scene. */
export function sceneIdOf({ book, i_p, i_c, plot }: z.infer<typeof coserSceneSchema>): string {
  return `${book}-${i_p ?? plot.i_p ?? 0}-${i_c}`;
}
