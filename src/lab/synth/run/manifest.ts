import { join } from 'node:path';
import { z } from 'zod';
import { version } from '../../eval/version.ts';
import { writeJson } from '../../eval/write-whole.ts';
import { readBegun } from '../../folder/begun.ts';
import { STEPS } from '../step.ts';

const countsSchema = z.record(z.string(), z.number());

const useSchema = z.object({
  model: z.string(),
  endpoint: z.string(),
  calls: z.int(),
  promptTokens: z.number(),
  cachedTokens: z.number(),
  completionTokens: z.number(),
  cost: z.number().optional(),
});

/** What a step was given, did and left: conversations, unless it says turns. */
const stepSchema = z.object({
  name: z.enum(STEPS),
  /** `waiting`: answers are still to come; its files are there once it is `done`. */
  state: z.enum(['done', 'waiting']),
  file: z.string(),
  rejectsFile: z.string(),
  /** Of the load: conversations and pieces that are none. */
  in: z.int(),
  out: z.int(),
  /** Conversations that go no further. `in` = `out` + `rejected` + `waiting`. */
  rejected: z.int(),
  waiting: z.int(),
  /** Reasons of all rejects, of conversations, characters and turns alike. */
  rejects: countsSchema,
  /** What was done, by name. */
  counts: countsSchema,
  models: z.record(z.string(), useSchema),
  /** What it was begun with; prompts by their hashes. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  started: z.string(),
  /** Of the run that finished it. */
  seconds: z.number(),
});

const fileSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  modified: z.number(),
  sha256: z.string(),
  form: z.string(),
});

/** `manifest.json`: what a folder was made of, and what became of it at each step. */
export const manifestSchema = z.object({
  format: z.literal(1),
  kind: z.literal('synth'),
  version: z.string(),
  started: z.string(),
  /** Whatever was loaded. */
  sources: z.array(fileSchema),
  steps: z.array(stepSchema),
});

export type StepManifest = Readonly<z.infer<typeof stepSchema>>;
export type StepUse = Readonly<z.infer<typeof useSchema>>;
export type ManifestSource = Readonly<z.infer<typeof fileSchema>>;
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** @throws OperatorError where the folder holds another kind of run */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  return readBegun(join(folder, 'manifest.json'), manifestSchema);
}

/** @throws OperatorError where it cannot be written */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeJson(join(folder, 'manifest.json'), manifest);
}

export function newManifest(): Manifest {
  return {
    format: 1,
    kind: 'synth',
    version: version(),
    started: new Date().toISOString(),
    sources: [],
    steps: [],
  };
}

/** The manifest with a step as it is now. */
export function withStep(manifest: Manifest, step: StepManifest): Manifest {
  const others = manifest.steps.filter(({ name }) => name !== step.name);
  return { ...manifest, steps: [...others, step] };
}
