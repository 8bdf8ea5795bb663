import type { Notation } from '../answer-form.ts';
import type { ChatMessage } from '../chat-model.ts';
import type { ModelSettings } from '../model-settings.ts';
import { askOnce, type Taken } from './ask-once.ts';
import { longPrompt } from './long-prompt.ts';

/** What an endpoint was found to do with one kind of request. */
export type Quirk = {
  readonly quirk:
    | 'streaming'
    | 'usage'
    | 'most tokens'
    | 'system role'
    | 'opened answer'
    | 'regex'
    | 'grammar'
    | 'json'
    | 'reasoning'
    | 'prefix cache';
  /** In one line, for people. */
  readonly text: string;
  /** The field by which it is asked for, where it does it at all. */
  readonly field?: string;
};

const READY = user('Answer with one word: ready');
const COUNT: readonly ChatMessage[] = [
  { role: 'user', content: 'Count from one to ten, in words.' },
  { role: 'assistant', content: 'One, two, three, four, five,' },
];
/** Nobody answers so unless nothing else is allowed. */
const ONLY = 'quartz';
const REGEXES = {
  structured_outputs: { structured_outputs: { regex: ONLY } },
  guided_regex: { guided_regex: ONLY },
  regex: { regex: ONLY },
} as const;
const ENUM = {
  type: 'object',
  properties: { word: { type: 'string', enum: [ONLY] } },
  required: ['word'],
  additionalProperties: false,
};
const JSON_SCHEMA = {
  response_format: { type: 'json_schema', json_schema: { name: 'word', schema: ENUM, strict: true } },
};
const FEW = 32;
/** Times as long as a turn may be silent. */
const LONGER = 3;

/**
 * Asks an endpoint, request by request, which of the things it does that servers do differently: a dozen
 * tiny requests, and one long prompt twice (about 1,500 tokens).
 *
 * @param mark differs from run to run: a prompt that the server cannot have read before
 * @throws APIError where it stops answering; the signal's reason when aborted
 */
export async function probeEndpoint(
  settings: ModelSettings,
  mark: string,
  signal: AbortSignal,
): Promise<readonly Quirk[]> {
  const ask = (messages: readonly ChatMessage[], fields: Readonly<Record<string, unknown>>) =>
    askOnce(settings, messages, fields, signal);
  const byOldName = await ask(READY, { max_tokens: FEW });
  const limit = byOldName === 'refused' ? { max_completion_tokens: FEW } : { max_tokens: FEW };
  const plain = byOldName === 'refused' ? await ask(READY, limit) : byOldName;
  const [name = ''] = Object.keys(limit);
  if (plain === 'refused') return [{ quirk: 'most tokens', text: 'refuses a limit by either name' }];

  const quirks: Quirk[] = [
    { quirk: 'streaming', text: plain.streamed ? 'word by word' : 'answers whole' },
    { quirk: 'most tokens', text: `asked for as ${name}`, field: name },
    reasoningIn(plain),
    countedIn(await ask(READY, { ...limit, stream_options: { include_usage: true } })),
  ];
  const system = await ask([{ role: 'system', content: 'You answer briefly.' }, ...READY], limit);
  quirks.push({
    quirk: 'system role',
    text: system === 'refused' ? 'refused: its words go to the user’s' : 'taken',
  });
  if (settings.endpoint === 'chat') {
    const opened = { ...limit, continue_final_message: true, add_generation_prompt: false };
    quirks.push(openedBy(await ask(COUNT, opened)));
  }
  quirks.push(await regexQuirk((fields) => ask(READY, { ...limit, ...fields })));
  const grammar = await ask(READY, { ...limit, grammar: `root ::= "${ONLY}"` });
  quirks.push(enforced('grammar', grammar, 'grammar'));
  quirks.push(enforced('json', await ask(READY, { ...limit, ...JSON_SCHEMA }), 'response_format'));
  quirks.push(await cacheQuirk(settings, mark, limit, signal));
  return quirks;
}

/** The best notation that it enforces. */
export function notationOf(quirks: readonly Quirk[]): Notation | undefined {
  const held = (quirk: Notation) => quirks.some((one) => one.quirk === quirk && one.field !== undefined);
  return (['regex', 'grammar', 'json'] as const).find(held);
}

function user(content: string): readonly ChatMessage[] {
  return [{ role: 'user', content }];
}

function reasoningIn({ reasoningField: field }: Taken): Quirk {
  return field
    ? { quirk: 'reasoning', text: `comes apart, in ${field}; it is never shown`, field }
    : { quirk: 'reasoning', text: 'none came in a field of its own' };
}

function countedIn(taken: Taken | 'refused'): Quirk {
  const quirk = 'usage';
  if (taken === 'refused') return { quirk, text: 'refused in streams: tokens are estimated' };
  return taken.usage?.completionTokens === undefined
    ? { quirk, text: 'not told in streams: tokens are estimated' }
    : { quirk, text: 'told in streams', field: 'stream_options' };
}

function openedBy(taken: Taken | 'refused'): Quirk {
  const quirk = 'opened answer';
  if (taken === 'refused') return { quirk, text: 'refused (continue_final_message)' };
  return /^\W*six/i.test(taken.text)
    ? { quirk, text: 'goes on from it (continue_final_message)', field: 'continue_final_message' }
    : { quirk, text: 'begins anew (continue_final_message is passed over)' };
}

async function regexQuirk(
  ask: (fields: Readonly<Record<string, unknown>>) => Promise<Taken | 'refused'>,
): Promise<Quirk> {
  let last: Quirk | undefined;
  for (const [field, fields] of Object.entries(REGEXES)) {
    last = enforced('regex', await ask(fields), field);
    if (last.field !== undefined) return last;
  }
  return last ?? { quirk: 'regex', text: 'not enforced' };
}

function enforced(quirk: Notation, taken: Taken | 'refused', field: string): Quirk {
  if (taken === 'refused') return { quirk, text: 'refused' };
  const said = taken.text.trim();
  const isHeld = quirk === 'json' ? isOnly(said) : said === ONLY;
  return isHeld ? { quirk, text: `enforced (${field})`, field } : { quirk, text: 'not enforced' };
}

function isOnly(said: string): boolean {
  try {
    const read: unknown = JSON.parse(said);
    return Object(read).word === ONLY;
  } catch {
    return false;
  }
}

/** A slow machine may need minutes for so long a prompt: then nothing is known of its cache, and all else is. */
async function cacheQuirk(
  settings: ModelSettings,
  mark: string,
  limit: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Quirk> {
  const quirk = 'prefix cache';
  const fields = { ...limit, stream_options: { include_usage: true } };
  const ask = () => askOnce(settings, longPrompt(mark), fields, signal, settings.timeoutMs * LONGER);
  try {
    await ask();
    const taken = await ask();
    if (taken === 'refused' || taken.usage?.promptTokens === undefined)
      return { quirk, text: 'it does not say' };
    const { promptTokens, cachedTokens } = taken.usage;
    return cachedTokens
      ? {
          quirk,
          text: `had ${cachedTokens} of ${promptTokens} tokens of a prompt read before`,
          field: 'cached_tokens',
        }
      : { quirk, text: 'told of no token that it had read before' };
  } catch {
    signal.throwIfAborted();
    return { quirk, text: 'a prompt of 1,500 tokens was not answered in time' };
  }
}
