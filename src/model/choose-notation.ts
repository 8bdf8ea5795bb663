import type { AnswerForm, Notation } from './answer-form.ts';
import { type ChatModel, type ChatRequest, ModelError } from './chat-model.ts';
import type { ModelSettings } from './model-settings.ts';
import { isOwnServer } from './own-server.ts';

/** Says in which notation a form is asked for, if in any. */
export type ChooseNotation = (form: AnswerForm, signal: AbortSignal) => Promise<Notation | undefined>;

/**
 * Which notation the setting `constrain` means at this endpoint. `auto` asks the endpoint once, before
 * the first form, where that costs nothing; where it enforces neither regex nor grammar, JSON is left for
 * drafts that are made again, because it cannot be streamed. HER's weights were trained to write the form:
 * with `auto` only what they write again is held to it.
 *
 * @param open opens a model that has these settings
 */
export function createNotationChoice(
  settings: ModelSettings,
  open: (settings: ModelSettings) => ChatModel,
): ChooseNotation {
  const { constrain } = settings;
  if (constrain === 'off') return async () => undefined;
  if (constrain !== 'auto') return async () => constrain;
  const mayAsk = settings.price === undefined && isOwnServer(settings.baseUrl);
  let found: { readonly notation: Notation | undefined } | undefined;
  return async (form, signal) => {
    if (settings.profile === 'her' && !form.again) return undefined;
    if (mayAsk) found ??= await findNotation(settings, open, signal);
    return found?.notation ?? (form.again ? 'json' : undefined);
  };
}

/** Words that nobody answers with unless they are the only ones allowed. */
const ONLY = { regex: 'quartz', grammar: 'marble' } as const;

/** Every field by which a server may be held to a word; each server knows some and passes over the others. */
export const PROBE_FIELDS = {
  structured_outputs: { regex: ONLY.regex },
  guided_regex: ONLY.regex,
  regex: ONLY.regex,
  grammar: `root ::= "${ONLY.grammar}"`,
};

export const PROBE: ChatRequest = {
  messages: [{ role: 'user', content: 'Answer with one word: ready' }],
  maxTokens: 32,
  temperature: 0,
};

/** One short request that only comes out in one of two ways where something is enforced. */
async function findNotation(
  settings: ModelSettings,
  open: (settings: ModelSettings) => ChatModel,
  signal: AbortSignal,
): Promise<{ readonly notation: Notation | undefined } | undefined> {
  const extraBody = { ...settings.extraBody, ...PROBE_FIELDS };
  const model = open({ ...settings, constrain: 'off', attempts: 1, extraBody });
  let answer = '';
  try {
    for await (const delta of model.stream(PROBE, signal)) if (delta.type === 'text') answer += delta.text;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    // A strict server refuses fields that it does not know. Any other failure says nothing about them.
    return error.failure === 'bad-request' ? { notation: undefined } : undefined;
  }
  const said = answer.trim();
  return { notation: said === ONLY.regex ? 'regex' : said === ONLY.grammar ? 'grammar' : undefined };
}
