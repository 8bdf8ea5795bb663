import { z } from 'zod';

/** The four parts a model can play; each may have an endpoint of its own. */
export const modelRoleSchema = z.enum(['actor', 'director', 'narrator', 'judge']);
export type ModelRole = z.infer<typeof modelRoleSchema>;

/** How much a model is asked to plan before it plays: HER's own length, about 120 tokens, or nothing. */
export const planningSchema = z.enum(['full', 'short', 'off']);
export type Planning = z.infer<typeof planningSchema>;

/** In which notation an endpoint is asked to enforce the form of a turn; `auto`: as it is found to. */
export const constrainSchema = z.enum(['auto', 'off', 'regex', 'grammar', 'json']);

/** What a million tokens cost, in the operator's currency; `cached`: of those read from the server's cache. */
export const modelPriceSchema = z.strictObject({
  prompt: z.number().min(0),
  /** Left out: as `prompt`. */
  cached: z.number().min(0).optional(),
  completion: z.number().min(0),
});

/** Where requests may go; elsewhere than in `gguf:` names no file is an address. */
export const endpointUrlSchema = z.url({ protocol: /^https?$/ });

/** One model at one endpoint. Every number has a default and a bound. */
export const modelSettingsSchema = z.strictObject({
  name: z.string().min(1),
  /** Of an endpoint, or of a file that is played in this process (`MODEL=gguf:PATH`). */
  baseUrl: z.union([endpointUrlSchema, z.url({ protocol: /^file$/ })]),
  apiKey: z.string().min(1).optional(),
  /** `her` for the released weights (training layout, plan block pre-opened), `plain` for any other. */
  profile: z.enum(['her', 'plain']).default('plain'),
  endpoint: z.enum(['chat', 'completions']).default('chat'),
  /** Tokens the model can read, its answer included. */
  contextSize: z.int().min(512).max(10_000_000).default(8192),
  temperature: z.number().min(0).max(2).default(0.7),
  /** Tokens of one answer, its plan included. */
  maxTokens: z.int().min(16).max(100_000).default(1024),
  planning: planningSchema.optional(),
  constrain: constrainSchema.default('auto'),
  /** Sent as it is with each request: what only this server understands. */
  extraBody: z.record(z.string(), z.unknown()).default({}),
  /** Requests in flight at once. */
  concurrency: z.int().min(1).max(1000).default(4),
  requestsPerMinute: z.int().min(1).max(1_000_000).optional(),
  /** Milliseconds to the first token, and between two tokens. */
  timeoutMs: z.int().min(100).max(3_600_000).default(60_000),
  /** Tries of one request in all. */
  attempts: z.int().min(1).max(10).default(3),
  /** Absent: it costs nothing (local). */
  price: modelPriceSchema.optional(),
});
export type ModelSettings = Readonly<z.infer<typeof modelSettingsSchema>>;

/** A model that servers may choose. Its key, if there is one, is the operator's. */
export type OfferedSettings = {
  readonly id: string;
  readonly settings: ModelSettings;
  /** A server may play with a key of its own. */
  readonly takesKey: boolean;
};
