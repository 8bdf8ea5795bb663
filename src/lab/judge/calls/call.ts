import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChatModel, ChatRequest } from '../../../model/chat-model.ts';

/** A request as an endpoint takes it, without streaming: what is hashed, and what stands in a batch file. */
export type CallBody = {
  readonly url: '/v1/chat/completions' | '/v1/completions';
  readonly body: Readonly<Record<string, unknown>>;
};

/** A judge that can be asked now, or by file. */
export type LabJudge = { readonly model: ChatModel; bodyOf(request: ChatRequest): CallBody };

const usageSchema = z.object({
  model: z.string(),
  promptTokens: z.number(),
  cachedTokens: z.number(),
  completionTokens: z.number(),
  msToFirst: z.number(),
  msToLast: z.number(),
});

/** One answer of a judge as it came. Words of a judge may quote hidden thoughts: it stays in the lab's folder. */
export const callSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{32}(?:-\d+)?$/),
  text: z.string(),
  end: z.enum(['stop', 'length', 'filter', 'other']),
  usage: usageSchema,
});
export type Call = Readonly<z.infer<typeof callSchema>>;

/** The name of a request: another model, prompt, schema or temperature is another one. */
export function callKey({ url, body }: CallBody): string {
  return hashOf([url, body]);
}

/** 32 hexadecimal digits, whatever order the keys of objects stand in. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex').slice(0, 32);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
