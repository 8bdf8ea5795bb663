import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ChatModel, ChatRequest, ModelUsage } from '../../model/chat-model.ts';

/** A request as an endpoint takes it, without streaming: what is hashed, and what stands in a batch file. */
export type CallBody = {
  readonly url: '/v1/chat/completions' | '/v1/completions';
  readonly body: Readonly<Record<string, unknown>>;
  /** The body written out, where it is known. */
  readonly json?: string;
};

/** A whole answer as an endpoint gave it. `reasoning` is the model’s own channel: hidden, like system thinking. */
export type Answer = {
  readonly text: string;
  readonly reasoning: string;
  readonly end: 'stop' | 'length' | 'filter' | 'other';
  readonly usage: ModelUsage;
  /** Which model answered, in the endpoint’s own words; a name may stand for several. */
  readonly served?: string;
};

/** A model that can be asked now, in bulk, or by file. */
export type LabModel = {
  /** Its name and figures; `stream` for what asks turn by turn. */
  readonly model: ChatModel;
  /** Where it is asked, without credentials. */
  readonly endpoint: string;
  /** Of a million tokens; absent: it costs nothing, or nobody set it. */
  readonly price?: { readonly prompt: number; readonly cached: number; readonly completion: number };
  bodyOf(request: ChatRequest): CallBody;
  /**
   * One whole answer, not streamed, within the endpoint’s limit; of those that wait the lower `priority`
   * goes first (0 to 9, 5 where nothing is said).
   *
   * @throws ModelError once all attempts failed; the signal’s reason when aborted
   */
  ask(request: ChatRequest, signal: AbortSignal, priority?: number): Promise<Answer>;
};

const usageSchema = z.object({
  model: z.string(),
  promptTokens: z.number(),
  cachedTokens: z.number(),
  completionTokens: z.number(),
  msToFirst: z.number(),
  msToLast: z.number(),
});

/** How an actor’s answer was written; what it planned is counted, never kept. */
export const formatNoteSchema = z.object({
  usable: z.boolean(),
  faults: z.array(z.string()),
  /** Characters of system thinking. */
  planned: z.int().min(0),
});
export type FormatNote = Readonly<z.infer<typeof formatNoteSchema>>;

/**
 * One answer, as it is kept: a judge’s as it came (its words may quote hidden thoughts, so it stays in the
 * lab’s folder), an actor’s without its system thinking.
 */
export const callSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{32}(?:-\d+)?$/),
  text: z.string(),
  end: z.enum(['stop', 'length', 'filter', 'other']),
  usage: usageSchema,
  served: z.string().optional(),
  format: formatNoteSchema.optional(),
});
export type Call = Readonly<z.infer<typeof callSchema>>;

/** The name of a request: another model, prompt, schema or temperature is another one. */
export function callKey(body: CallBody): string {
  const known = names.get(body);
  if (known !== undefined) return known;
  const { url, json = JSON.stringify(body.body) } = body;
  const name = hash('sha256', `${url}\n${json}`).slice(0, 32);
  names.set(body, name);
  return name;
}

/** A prompt may be long, and it is named by several in turn: who takes, who asks. */
const names = new WeakMap<CallBody, string>();

/** 32 hexadecimal digits, whatever order the keys of objects stand in. */
export function hashOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value, sortedKeys)).slice(0, 32);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
