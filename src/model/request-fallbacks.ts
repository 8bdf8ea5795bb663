import { APIError } from 'openai';
import { isTooLong, saidBy, statusOf } from './model-failures.ts';

/** What a request may hold that some server refuses; each has a way to do without. */
const optionalParts = [
  'form-regex',
  'form-grammar',
  'form-patterns',
  'form-schema',
  'json-schema',
  'json-object-schema',
  'json-object',
  'usage',
  'prefill',
  'system-role',
  'max-tokens',
  'temperature',
  'stop',
  'seed',
] as const;
export type OptionalPart = (typeof optionalParts)[number];

/** How servers name the part that they refuse. */
const signs: Readonly<Record<OptionalPart, RegExp>> = {
  'form-regex': /structured_outputs|guided|regex|grammar/i,
  'form-grammar': /grammar/i,
  'form-patterns': /response_format|schema|structured|pattern|grammar/i,
  'form-schema': /response_format|schema|structured|grammar/i,
  'json-schema': /response_format|json_schema|json schema|structured|grammar/i,
  'json-object-schema': /response_format|json_object|json|schema|grammar/i,
  'json-object': /response_format|json_object|json|grammar/i,
  usage: /stream_options|include_usage/i,
  prefill: /continue_final_message|add_generation_prompt|prefill|assistant message/i,
  'system-role': /system (role|message)|role.{0,20}system/i,
  'max-tokens': /max_tokens|max_completion_tokens/i,
  temperature: /temperature/i,
  stop: /\bstop\b|stop_sequence/i,
  seed: /\bseed\b/i,
};

/** What is given up first where a server does not say what it dislikes: what fewest servers know. */
const unnamedSuspects: readonly OptionalPart[] = [
  'form-regex',
  'form-grammar',
  'form-patterns',
  'form-schema',
  'json-schema',
  'json-object-schema',
  'json-object',
  'usage',
  'prefill',
];

/**
 * Chooses the part to leave out after a refusal, of those that were sent.
 *
 * @returns `undefined` when leaving something out cannot help.
 */
export function partToLeaveOut(error: unknown, sent: ReadonlySet<OptionalPart>): OptionalPart | undefined {
  if (!(error instanceof APIError)) return undefined;
  const status = statusOf(error) ?? 0;
  const said = saidBy(error);
  const named = optionalParts.find((part) => sent.has(part) && signs[part].test(said));
  // llama-cpp-python answers 500 to a field that it does not know.
  if (status >= 500 && status !== 501) return REFUSAL.test(said) ? named : undefined;
  if ((status !== 400 && status !== 422 && status !== 501) || isTooLong(error)) return undefined;
  return named ?? unnamedSuspects.find((part) => sent.has(part));
}

const REFUSAL =
  /validation|(un|not )support|invalid|unknown|unrecogni|unexpected|should be|must be|fail(?:ed)? to (?:parse|compile)/i;
