import { z } from 'zod';
import { judgementsSchema } from '../coser/judged-case.ts';

/** A mean with its 95 % interval by cluster bootstrap over scenes; `n` scenes are in it. */
export const figureSchema = z.object({
  mean: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
});
export type Figure = Readonly<z.infer<typeof figureSchema>>;

/** One scene: played, judged, scored. */
export const caseSchema = z.object({
  id: z.string(),
  book: z.string(),
  topic: z.string(),
  /** Messages of actors, the Environment’s not counted: what the formula calls rounds. */
  actorTurns: z.int(),
  rounds: z.int(),
  end: z.enum(['end-chat', 'rounds', 'nobody', 'silence']),
  silent: z.int(),
  judgements: judgementsSchema,
  /** Means of the dimensions; null where one is missing. `invalid`: the honest score is missing. */
  score: z.number().nullable(),
  honest: z.number().nullable(),
  invalid: z.boolean(),
  /** Informative (lab.md 3.3). */
  bleu: z.number().nullable(),
  rougeL: z.number().nullable(),
  format: z.object({
    /** Answers of actors, and how many could be played. */
    answers: z.int(),
    usable: z.int(),
    faults: z.record(z.string(), z.int()),
    planned: z.int(),
    /** Hidden words that were found in what others could see: 0, or something is broken. */
    leaks: z.int(),
  }),
  /** Milliseconds that its answers took, one added to the other. */
  ms: z.number(),
});
export type CaseResult = Readonly<z.infer<typeof caseSchema>>;

const roleSchema = z.object({
  model: z.string(),
  /** As the endpoint named it; several where it changed under way. */
  served: z.array(z.string()),
  endpoint: z.string(),
  profile: z.string(),
  temperature: z.number(),
  maxTokens: z.int(),
  calls: z.int(),
  promptTokens: z.int(),
  cachedTokens: z.int(),
  completionTokens: z.int(),
  /** Absent: it has no price. */
  cost: z.number().optional(),
  /** Milliseconds of an answer. */
  latency: z.object({ p50: z.number(), p95: z.number() }),
});
export type RoleUse = Readonly<z.infer<typeof roleSchema>>;

/** All that is needed to know whether two figures may be compared, and to get them again. */
export const manifestSchema = z.object({
  format: z.literal(1),
  benchmark: z.enum(['coser', 'minimax-style', 'pingpong']),
  version: z.string(),
  protocol: z.string(),
  seed: z.int(),
  data: z.object({
    name: z.string(),
    sha256: z.string(),
    scenes: z.int(),
    played: z.int(),
    skipped: z.int(),
  }),
  prompts: z.object({ source: z.string(), hash: z.string() }),
  judge: z.object({ model: z.string(), hash: z.string(), times: z.int() }),
  /** Rounds, continueFrom, ablation …: all that changes what is played. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  roles: z.record(z.string(), roleSchema),
  currency: z.string(),
  started: z.string(),
  ended: z.string(),
  /** Sentences to know before a figure is used; shown wherever figures are. */
  remarks: z.array(z.string()),
});
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** `results.json` of a run. */
export const evalResultSchema = z.object({
  manifest: manifestSchema,
  /** By dimension and `overall`, by the protocol’s own counting; then the honest ones; then the rest. */
  figures: z.object({
    score: z.record(z.string(), figureSchema),
    honest: z.record(z.string(), figureSchema),
    bleu: figureSchema,
    rougeL: figureSchema,
    usable: figureSchema,
    invalid: z.int(),
    leaks: z.int(),
  }),
  cases: z.array(caseSchema),
  /** Scenes that alone could not be played or judged, a prompt too long for its model for one; in no figure. */
  failed: z.array(z.object({ id: z.string(), why: z.string() })),
});
export type EvalResult = Readonly<z.infer<typeof evalResultSchema>>;
