import { z } from 'zod';
import { ENGINES, KINDS, SPLITS } from './sample.ts';

const countsSchema = z.record(z.string(), z.int());
const settingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** `settings.json`: what a folder was begun with. */
export const begunSchema = z.object({
  format: z.literal(1),
  kind: z.literal('export'),
  settings: settingsSchema,
});

const fileSchema = z.object({
  path: z.string(),
  engine: z.enum(ENGINES),
  kind: z.enum(KINDS),
  split: z.enum(SPLITS),
  form: z.enum(['jsonl', 'parquet']),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string(),
});

/** `export.json`: what was exported, of what, and how; `lab check` goes by it. */
export const exportManifestSchema = z.object({
  format: z.literal(1),
  kind: z.literal('export'),
  version: z.string(),
  seed: z.int(),
  settings: settingsSchema,
  /** Of the contents of all files that were read. */
  source: z.object({
    files: z.array(z.string()),
    sha256: z.string(),
    /** Of folders of `lab synth`: models by the steps that asked them. */
    steps: z.array(
      z.object({
        folder: z.string(),
        step: z.string(),
        models: z.array(z.string()),
        in: z.int(),
        out: z.int(),
      }),
    ),
  }),
  /** Conversations that were read, and of them those that could be used. */
  conversations: z.object({ in: z.int(), out: z.int() }),
  /** Samples, by kind and split. */
  samples: z.partialRecord(z.enum(KINDS), z.partialRecord(z.enum(SPLITS), z.int())),
  rejects: countsSchema,
  /**
   * `cut`: samples without the beginning of their history; `mended`: conversations, and samples for the judge,
   * in which halves of surrogate pairs were replaced.
   */
  notes: countsSchema,
  /** Where the baselines of role-play RL are from. */
  baselines: countsSchema,
  files: z.array(fileSchema),
});

export type ExportManifest = Readonly<z.infer<typeof exportManifestSchema>>;
export type ExportSettings = Readonly<z.infer<typeof settingsSchema>>;
