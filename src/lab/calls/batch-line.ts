import { z } from 'zod';
import type { CallBody } from './call.ts';

/** Of OpenAI's Batch API (lab.md 1.1): others take as much or more. */
export const BATCH_LIMITS = { requests: 50_000, bytes: 200_000_000 };
export type BatchLimits = typeof BATCH_LIMITS;

/**
 * A request in a batch file, as OpenAI and `vllm run-batch` read it. vLLM gives up a whole file for one
 * bad line (lab.md 1.2), so each is held against this before it is written.
 */
const requestSchema = z.strictObject({
  custom_id: z.string().min(1).max(64),
  method: z.literal('POST'),
  url: z.enum(['/v1/chat/completions', '/v1/completions']),
  body: z
    .looseObject({
      model: z.string().min(1),
      messages: z
        .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
        .min(1)
        .optional(),
      prompt: z.string().min(1).optional(),
      stream: z.literal(false).optional(),
      stream_options: z.undefined().optional(),
      n: z.literal(1).optional(),
    })
    .refine(({ messages, prompt }) => (messages === undefined) !== (prompt === undefined), {
      message: 'needs either messages or a prompt',
    }),
});

/**
 * The line of a request, with its end.
 * @throws z.ZodError where no batch would take it
 */
export function batchLine(id: string, { url, body }: CallBody): string {
  const request = requestSchema.parse({ custom_id: id, method: 'POST', url, body });
  return `${JSON.stringify(request)}\n`;
}

/** What is needed to know a request again. */
const writtenSchema = z.object({ custom_id: z.string(), body: z.object({ model: z.string() }) });

/** The id and model of a line that was written; undefined for what is none. */
export function readRequest(line: string): { readonly id: string; readonly model: string } | undefined {
  const read = writtenSchema.safeParse(json(line)).data;
  return read && { id: read.custom_id, model: read.body.model };
}

const resultSchema = z.looseObject({
  custom_id: z.string(),
  response: z.looseObject({ status_code: z.number().nullish(), body: z.unknown() }).nullish(),
  error: z.unknown().optional(),
});

/** One line of results: `body` of an answer, or a refusal. */
export type BatchResult =
  | { readonly kind: 'answer'; readonly id: string; readonly body: unknown }
  | { readonly kind: 'refused'; readonly id: string };

/**
 * Reads a line of an output or error file: OpenAI puts refusals into a file of their own, vLLM among the
 * answers. Undefined for what is no result.
 */
export function readResult(line: string): BatchResult | undefined {
  const read = resultSchema.safeParse(json(line)).data;
  if (!read) return undefined;
  const { custom_id: id, response, error } = read;
  const status = response?.status_code ?? 200;
  const isRefused = (error !== null && error !== undefined) || status < 200 || status > 299;
  const body = response?.body;
  if (isRefused || body === null || body === undefined) return { kind: 'refused', id };
  return { kind: 'answer', id, body };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
