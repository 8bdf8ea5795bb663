import type { RecordedRequest, RequestBody } from './recorded-request.ts';
import type { Reply, TextReply } from './reply.ts';

/** Fields by which an answer can be held to a form, and where in them the form stands. */
const CONSTRAINTS = {
  structured_outputs: (body: RequestBody) => Object(body['structured_outputs'])['regex'],
  guided_regex: (body: RequestBody) => body['guided_regex'],
  regex: (body: RequestBody) => body['regex'],
  grammar: (body: RequestBody) => body['grammar'],
  json_schema: (body: RequestBody) => body.response_format?.json_schema?.schema,
} as const;
type Constraint = keyof typeof CONSTRAINTS;

/** How one kind of server behaves, as far as it differs from the others. */
export type Provider = {
  readonly enforces: readonly Constraint[];
  /** Fields that it refuses; it passes over those that it does not know. */
  readonly refuses?: readonly string[];
  /** `pattern` in a JSON Schema is refused. */
  readonly refusesPatterns?: boolean;
  readonly reasoningField?: 'reasoning_content' | 'reasoning';
  /** What it makes of `continue_final_message`. */
  readonly goesOn?: boolean;
  /** Of a prompt that it has read before it says how much it knew. */
  readonly tellsCached?: boolean;
  /** Nothing is counted. */
  readonly countsNothing?: boolean;
};

export const PROVIDERS = {
  openai: {
    enforces: ['json_schema'],
    refuses: [
      'structured_outputs',
      'guided_regex',
      'regex',
      'grammar',
      'continue_final_message',
      'max_tokens',
    ],
    tellsCached: true,
  },
  openrouter: { enforces: ['json_schema'], reasoningField: 'reasoning', tellsCached: true },
  vllm: {
    enforces: ['structured_outputs', 'json_schema'],
    reasoningField: 'reasoning_content',
    goesOn: true,
    tellsCached: true,
  },
  'vllm-before-0.10.2': {
    enforces: ['guided_regex', 'json_schema'],
    reasoningField: 'reasoning_content',
    goesOn: true,
  },
  sglang: { enforces: ['regex', 'json_schema'], reasoningField: 'reasoning_content', goesOn: true },
  ollama: { enforces: ['json_schema'], refusesPatterns: true, reasoningField: 'reasoning' },
  'lm-studio': {
    enforces: ['json_schema'],
    refuses: ['continue_final_message'],
    reasoningField: 'reasoning_content',
  },
  'llama.cpp': {
    enforces: ['grammar', 'json_schema'],
    reasoningField: 'reasoning_content',
    tellsCached: true,
  },
  'llama-cpp-python': { enforces: ['grammar'], refuses: ['json_schema'], countsNothing: true },
} satisfies Readonly<Record<string, Provider>>;
export type ProviderName = keyof typeof PROVIDERS;

/** What a weak model says where nothing holds it: no plan, somebody else’s line. */
export const FREE_ANSWER =
  'Sure! Here is the scene.\nMr. Darcy: Good evening.\nElizabeth: Good evening, sir.';
/** The same model, held to the form. */
export const HELD_ANSWER =
  '<system_thinking>She answers him shortly.</system_thinking><role_thinking>He is late.</role_thinking>' +
  '<role_action>closes the book</role_action>Good evening, sir.';
const HELD_JSON = JSON.stringify({
  system_thinking: 'She answers him shortly.',
  role_thinking: 'He is late.',
  turn: [
    { kind: 'action', text: 'closes the book' },
    { kind: 'speech', text: 'Good evening, sir.' },
  ],
});

/** Answers as a weak model behind that server does. */
export function playProvider(provider: Provider): (request: RecordedRequest) => Reply {
  const read = new Set<string>();
  return ({ body, promptText }) => {
    const {
      refuses = [],
      refusesPatterns,
      enforces,
      reasoningField,
      tellsCached,
      countsNothing,
      goesOn,
    } = provider;
    const refused = refuses.find((field) =>
      field === 'json_schema' ? body.response_format?.type === field : field in body,
    );
    if (refused) return refusal(refused);
    if (refusesPatterns && JSON.stringify(body.response_format ?? '').includes('"pattern"'))
      return refusal('pattern');
    const kind = enforces.find((one) => CONSTRAINTS[one](body) !== undefined);
    const known = read.has(promptText);
    read.add(promptText);
    const prompt = Math.ceil(promptText.length / 4);
    const usage = { prompt, cached: known && tellsCached ? prompt - 1 : 0, completion: 9 };
    const told: TextReply = {
      usage: countsNothing ? 'none' : usage,
      ...(reasoningField && kind === undefined ? { reasoning: 'She might answer.', reasoningField } : {}),
    };
    if (kind !== undefined) return { ...told, text: heldTo(kind, CONSTRAINTS[kind](body)) };
    if (body['continue_final_message'] === true && goesOn) return { ...told, text: ' six, seven' };
    return { ...told, text: /one word|count/i.test(promptText) ? 'ready' : FREE_ANSWER };
  };
}

/** The one text that a probe leaves, else the held answer: which has to be of the form. */
function heldTo(kind: Constraint, form: unknown): string {
  if (kind === 'json_schema') {
    const word = /"(?:enum|const)":\["?(\w+)"?\]/.exec(JSON.stringify(form))?.[1];
    return word && !JSON.stringify(form).includes('role_thinking') ? JSON.stringify({ word }) : HELD_JSON;
  }
  const said = String(form);
  const word = kind === 'grammar' ? /^root ::= "(\w+)"\s*$/.exec(said)?.[1] : /^\w+$/.exec(said)?.[0];
  if (word !== undefined) return word;
  if (kind !== 'grammar' && !new RegExp(`^(?:${said})$`, 'u').test(HELD_ANSWER)) {
    throw new Error('the held answer is not of the form');
  }
  return HELD_ANSWER;
}

function refusal(param: string): Reply {
  const error = {
    message: `Unrecognized request argument supplied: ${param}`,
    type: 'invalid_request_error',
    param,
  };
  return { fault: 'status', status: 400, body: { error } };
}
