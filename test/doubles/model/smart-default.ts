import { herTurn } from './her-replies.ts';
import { candidatesIn, type JudgeRule, judgeAnswer } from './judge-answer.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Reply } from './reply.ts';

/** What was planted where no eye may see it; `speaker` where the prompt told whose turn it was. */
export type Canaries = {
  readonly plan: string[];
  readonly thought: { readonly speaker: string | undefined; readonly canary: string }[];
  /** In the words of a judge, which may quote thoughts. */
  readonly judge: string[];
};

/** What a prompt asks for. */
export type PromptKind =
  | { readonly kind: 'json'; readonly schema: unknown }
  | { readonly kind: 'environment'; readonly json: boolean }
  | { readonly kind: 'turn'; readonly speaker: string | undefined };

export type SmartDefaultOptions = {
  /** Where prompts are worded differently. `undefined` leaves it to the double. */
  readonly recognise?: (request: RecordedRequest) => PromptKind | undefined;
  /** Who is next, of the names that a director's schema allows. */
  readonly chooseSpeaker?: (names: readonly string[], request: RecordedRequest) => string;
  /** Which of two candidates a judge prefers; default `longer`. */
  readonly judge?: JudgeRule;
};

const SPEECHES = [
  'I had not expected you so soon.',
  'There is more to it than that, I am sure.',
  'Then let us hear the rest of it.',
  'You will forgive me if I doubt that.',
  'Nothing would please me more.',
];
const ACTIONS = ['looks up from the letter', 'crosses to the window', 'sets the cup down', 'smiles a little'];
const WORLD = [
  'Rain begins to tap against the windows.',
  'Somewhere below a door falls shut.',
  'The fire sinks, and the room grows darker.',
];

/** Answers any prompt plausibly, with a new canary in each hidden layer. */
export function createSmartDefault(options: SmartDefaultOptions): {
  readonly canaries: Canaries;
  reply(request: RecordedRequest): Reply;
} {
  const canaries: Canaries = { plan: [], thought: [], judge: [] };
  let turns = 0;

  function playTurn(request: RecordedRequest, speaker: string | undefined): string {
    turns += 1;
    const plan = `PLAN-CANARY-${turns}`;
    const thought = `THOUGHT-CANARY-${turns}`;
    canaries.plan.push(plan);
    canaries.thought.push({ speaker, canary: thought });
    const text = herTurn({
      plan: `${plan}: the answer should stay in character`,
      thought: `${thought} I must not show it`,
      action: pick(ACTIONS, turns),
      speech: `${pick(SPEECHES, turns)} (line ${turns})`,
      ...(speaker === undefined || turns % 2 === 0 ? {} : { name: speaker }),
    });
    return hasOpenPlan(request) ? text.replace('<system_thinking>', '') : text;
  }

  function judge(request: RecordedRequest): string | undefined {
    const pair = candidatesIn(request);
    if (!pair) return undefined;
    const canary = `JUDGE-CANARY-${canaries.judge.length + 1}`;
    canaries.judge.push(canary);
    return judgeAnswer(request, pair, options.judge ?? 'longer', canary);
  }

  return {
    canaries,
    reply(request) {
      const verdict = judge(request);
      if (verdict !== undefined) return verdict;
      const asked = options.recognise?.(request) ?? recognise(request);
      switch (asked.kind) {
        case 'json':
          return JSON.stringify(instanceOf(asked.schema, request, options.chooseSpeaker ?? leastRecent));
        case 'environment':
          turns += 1;
          return asked.json
            ? JSON.stringify({ narration: pick(WORLD, turns), changes: [] })
            : pick(WORLD, turns);
        case 'turn':
          return playTurn(request, asked.speaker);
      }
    },
  };
}

/** How prompts say whose turn it is; the first that is found counts. */
const SPEAKER_SIGNS = [
  /\[([^\n[\]]{1,60})[’']s turn\b/,
  /^## Your character: ([^\n]{1,60})$/m,
  /\bYou (?:are|play)\s+(?:the\s+)?([^\n.,;:(]{1,60}?)(?:\s+from\b|[\n.,;:(]|$)/m,
];

function recognise({ body, promptText }: RecordedRequest): PromptKind {
  const format = body.response_format;
  const schema = format?.json_schema?.schema ?? format?.schema;
  if (format?.json_schema?.name === 'world') return { kind: 'environment', json: true };
  if (schema !== undefined) return { kind: 'json', schema };
  if (format !== undefined || promptText.includes('"next_speaker"')) {
    const listed = [...promptText.matchAll(/^- ([^\n:(]+)/gm)].map(([, name]) => name?.trim());
    return { kind: 'json', schema: { type: 'object', properties: { next_speaker: { enum: listed } } } };
  }
  const speaker = SPEAKER_SIGNS.map((sign) => sign.exec(promptText)?.[1]?.trim()).find(
    (name) => name !== undefined,
  );
  if (speaker !== undefined && /^(environment|narrator|world)\b/i.test(speaker))
    return { kind: 'environment', json: false };
  return { kind: 'turn', speaker };
}

/** Whether the reply goes on from a plan block that the request opened. */
function hasOpenPlan({ body }: RecordedRequest): boolean {
  const last = body.prompt ?? (body['continue_final_message'] === true ? body.messages?.at(-1)?.content : '');
  return last?.trimEnd().endsWith('<system_thinking>') ?? false;
}

/** A value that fits a JSON schema, as far as the schemas of this project go. */
function instanceOf(
  schema: unknown,
  request: RecordedRequest,
  chooseSpeaker: (names: readonly string[], request: RecordedRequest) => string,
): unknown {
  const {
    type,
    properties,
    items,
    enum: allowed,
    minimum,
  } = Object(schema) as {
    type?: unknown;
    properties?: object;
    items?: unknown;
    enum?: readonly unknown[];
    minimum?: number;
  };
  if (allowed !== undefined) {
    const names = allowed.filter((name) => typeof name === 'string');
    return names.length > 0 ? chooseSpeaker(names, request) : allowed[0];
  }
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, value]) => [
          key,
          instanceOf(value, request, chooseSpeaker),
        ]),
      );
    case 'array':
      return [instanceOf(items, request, chooseSpeaker)];
    case 'number':
    case 'integer':
      return minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return 'because the scene asks for it';
  }
}

/** Who spoke the longest ago; chance and the end are nobody, and a player is never made to speak. */
function leastRecent(names: readonly string[], { promptText }: RecordedRequest): string {
  const people = names.filter(
    (name) => !/^random$|^<?end\b/i.test(name) && !promptText.includes(`- ${name} (a player`),
  );
  const [first] = people.toSorted(
    (a, b) => promptText.lastIndexOf(`${a}:`) - promptText.lastIndexOf(`${b}:`),
  );
  return first ?? names[0] ?? 'random';
}

function pick(from: readonly string[], turn: number): string {
  return from[turn % from.length] ?? '';
}
