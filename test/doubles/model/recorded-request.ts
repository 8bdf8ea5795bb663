import { z } from 'zod';

/** The part of a request that tests ask about; the rest is there, too. */
export const requestBodySchema = z.looseObject({
  model: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
  prompt: z.string().optional(),
  stream: z.boolean().optional(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  temperature: z.number().optional(),
  seed: z.number().optional(),
  stop: z.array(z.string()).optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ name: z.string(), schema: z.unknown() }).optional(),
      schema: z.unknown().optional(),
    })
    .optional(),
});
export type RequestBody = z.infer<typeof requestBodySchema>;

export type RecordedRequest = {
  readonly method: string;
  /** Without query, e.g. `/v1/chat/completions`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty where there was none. */
  readonly body: RequestBody;
  /** All that the model was given to read, as one text: where to look for canaries. */
  readonly promptText: string;
  /** Whether the client left before the double had finished. Set once `closed` is. */
  readonly closedEarly: boolean;
  /** The exchange is over. */
  readonly closed: Promise<void>;
};

/** All text of a prompt, whichever endpoint it was sent to. */
export function promptTextOf(body: RequestBody): string {
  return [body.prompt ?? '', ...(body.messages ?? []).map(({ content }) => content)].join('\n');
}
