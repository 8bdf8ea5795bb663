import { GOLDEN, type GoldenRow } from '../../../fixtures/lab/check/golden.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A sound row of an engine. */
export function golden(engine: GoldenRow['engine'], kind: GoldenRow['kind']): GoldenRow {
  const found = GOLDEN.find((one) => one.engine === engine && one.kind === kind);
  if (!found) throw new Error(`no golden row of ${engine}, ${kind}`);
  return found;
}

/** The row with something in it changed: `path` names keys, `fn` gets what stands there. */
export function changed(row: Row, path: readonly (string | number)[], fn: (value: never) => unknown): Row {
  const copy = structuredClone(row);
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>((at, key) => at[key] as never, copy);
  const value = fn(holder[last] as never);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

export const set = (value: unknown) => () => value;
export const gone = () => undefined;
export const before = (text: string) => (value: string) => `${text}${value}`;
export const replaced = (one: string, other: string) => (value: string) => value.replace(one, other);

/** One fault in a sound row, and the rule that finds it. */
type Case = readonly [
  rule: string,
  engine: GoldenRow['engine'],
  kind: GoldenRow['kind'],
  change: (row: Row) => Row,
  /** Other rules that the same fault breaks. */
  ...also: string[],
];

/** For nearly every rule, a row that breaks it. */
export const CASES: readonly Case[] = [
  // LLaMA-Factory
  [
    'llama-factory-alternation',
    'llama-factory',
    'sft',
    (row) => changed(row, ['messages'], (all: unknown[]) => [all[0], all[1], all[3], all[2], all[4]]),
  ],
  [
    'llama-factory-even',
    'llama-factory',
    'sft',
    (row) => changed(row, ['messages'], (all: unknown[]) => all.slice(0, -1)),
    'no-answer',
    'her-plan',
  ],
  // ms-swift
  ['ms-swift-loss', 'ms-swift', 'sft', (row) => changed(row, ['messages', 2, 'loss'], set(true))],
  ['ms-swift-loss', 'ms-swift', 'sft', (row) => changed(row, ['messages', 2, 'loss'], gone)],
  ['ms-swift-loss', 'ms-swift', 'sft', (row) => changed(row, ['messages', 4, 'loss'], set(false))],
  ['ms-swift-loss', 'ms-swift', 'sft', (row) => changed(row, ['messages', 4, 'loss'], set('true'))],
  [
    'ms-swift-no-loss',
    'ms-swift',
    'sft',
    (row) => changed(changed(row, ['messages', 4, 'loss'], gone), ['messages', 2, 'loss'], gone),
  ],
  [
    'ms-swift-no-reward-column',
    'ms-swift',
    'rp-rl',
    (row) => changed(changed(row, ['solution'], gone), ['reward_context'], gone),
    'no-reward-context',
  ],
  // TRL
  ['trl-form', 'trl', 'sft', (row) => changed(row, ['prompt'], gone), 'no-messages', 'her-plan'],
  [
    'trl-form',
    'trl',
    'sft',
    (row) => ({ ...row, messages: golden('llama-factory', 'sft').row['messages'] }),
    'trl-learns-all',
  ],
  [
    'trl-learns-all',
    'trl',
    'sft',
    (row) => ({
      ...changed(changed(row, ['prompt'], gone), ['completion'], gone),
      messages: golden('llama-factory', 'sft').row['messages'],
    }),
  ],
  [
    'trl-completion',
    'trl',
    'sft',
    (row) =>
      changed(row, ['completion'], (all: unknown[]) => [
        { role: 'user', content: 'Ada Crane: Well?' },
        ...all,
      ]),
  ],
  ['trl-prompt-end', 'trl', 'sft', (row) => changed(row, ['prompt'], (all: unknown[]) => all.slice(0, -1))],
  ['trl-no-reward-column', 'trl', 'grm-rl', (row) => ({ prompt: row['prompt'] }), 'grm-truth'],
  // verl
  ['verl-ground-truth', 'verl', 'rp-rl', (row) => changed(row, ['reward_model', 'ground_truth'], gone)],
  ['verl-answers', 'verl', 'rp-rl', (row) => changed(row, ['reward_model', 'answer'], set('Another.'))],
  ['verl-data-source', 'verl', 'rp-rl', (row) => changed(row, ['data_source'], gone)],
  ['verl-index', 'verl', 'rp-rl', (row) => changed(row, ['extra_info', 'index'], set('7'))],
  ['verl-index', 'verl', 'rp-rl', (row) => changed(row, ['extra_info', 'index'], gone)],
  ['verl-json', 'verl', 'grm-rl', (row) => changed(row, ['extra_info', 'reward_context'], set('{half'))],
  ['verl-json', 'verl', 'grm-rl', (row) => changed(row, ['extra_info', 'reward_context'], set({ a: 1 }))],
  [
    'verl-prompt-length',
    'verl',
    'rp-rl',
    (row) =>
      changed(
        row,
        ['prompt', 1, 'content'],
        (text: string) => `${text}\n\nAda Crane: ${'well '.repeat(400)}`,
      ),
  ],
  [
    'verl-past-think',
    'verl',
    'sft',
    (row) =>
      changed(row, ['messages'], (all: unknown[]) => [
        ...all.slice(0, 2),
        { role: 'assistant', content: '<think>what now</think>Hm.' },
        { role: 'user', content: 'Ada Crane: Well?' },
        ...all.slice(2),
      ]),
    'verl-learns-all',
  ],
  // OpenRLHF
  ['openrlhf-input', 'openrlhf', 'rp-rl', (row) => changed(row, ['input'], set(7)), 'no-messages'],
  [
    'openrlhf-output',
    'openrlhf',
    'sft',
    (row) => changed(row, ['output'], set([])),
    'no-messages',
    'her-plan',
  ],
  [
    'openrlhf-label',
    'openrlhf',
    'grm-rl',
    (row) => changed(row, ['label'], set({ truth: 'tie' })),
    'grm-truth',
  ],
  // All of them
  ['no-messages', 'llama-factory', 'sft', (row) => changed(row, ['messages'], set('text')), 'her-plan'],
  ['unknown-role', 'ms-swift', 'rp-rl', (row) => changed(row, ['messages', 1, 'role'], set('Ada Crane'))],
  [
    'late-system',
    'openrlhf',
    'sft',
    (row) => changed(row, ['input'], (all: unknown[]) => [...all.slice(1), all[0]]),
  ],
  ['empty-text', 'ms-swift', 'sft', (row) => changed(row, ['messages', 3, 'content'], set(' \n'))],
  [
    'no-answer',
    'openrlhf',
    'sft',
    (row) => changed(row, ['output', 0, 'role'], set('user')),
    'openrlhf-output',
    'her-past-plan',
  ],
  [
    'ends-answered',
    'trl',
    'rp-rl',
    (row) => changed(row, ['prompt'], (all: unknown[]) => [...all, { role: 'assistant', content: 'Hm.' }]),
  ],
  ['lone-surrogate', 'trl', 'rp-rl', (row) => changed(row, ['solution'], before('\uD83D'))],
  ['nul', 'trl', 'rp-rl', (row) => changed(row, ['prompt', 1, 'content'], replaced('bag', 'b\0g'))],
  [
    'past-think',
    'ms-swift',
    'rp-rl',
    (row) => changed(row, ['messages', 2, 'content'], before('<think>hm</think>')),
  ],
  // HER
  [
    'her-plan',
    'trl',
    'sft',
    (row) => changed(row, ['completion', 0, 'content'], set('Perran Hale: Suit yourself.')),
  ],
  [
    'her-plan',
    'trl',
    'sft',
    (row) =>
      changed(row, ['completion', 0, 'content'], before('<system_thinking>One more.</system_thinking>')),
  ],
  ['her-plan', 'trl', 'sft', (row) => changed(row, ['completion', 0, 'content'], before('Hm. '))],
  [
    'her-no-plan',
    'ms-swift',
    'sft-plain',
    (row) => changed(row, ['messages', 4, 'content'], before('<system_thinking>He waits.</system_thinking>')),
  ],
  [
    'her-past-plan',
    'ms-swift',
    'sft',
    (row) => changed(row, ['messages', 2, 'content'], before('<system_thinking>He waits.</system_thinking>')),
  ],
  [
    'her-thought-of-others',
    'trl',
    'rp-rl',
    (row) =>
      changed(row, ['prompt', 1, 'content'], replaced('Two', '<role_thinking>He lies</role_thinking>Two')),
  ],
  [
    'her-turn',
    'trl',
    'sft',
    (row) =>
      changed(row, ['completion', 0, 'content'], (text: string) => `${text}\n\nAda Crane: And I shall.`),
  ],
  [
    'her-turn',
    'ms-swift',
    'sft-plain',
    (row) =>
      changed(row, ['messages', 4, 'content'], set('Perran Hale: <role_thinking>Never</role_thinking>')),
  ],
  [
    'her-reference',
    'trl',
    'rp-rl',
    (row) => changed(row, ['solution'], before('<system_thinking>He waits.</system_thinking>')),
  ],
  [
    'her-reference',
    'verl',
    'rp-rl',
    (row) => changed(row, ['reward_model'], () => ({ style: 'rule', ground_truth: 'Ada Crane: I stay.' })),
  ],
  // Rewards
  ['no-reward-context', 'trl', 'rp-rl', (row) => changed(row, ['reward_context'], set(''))],
  ['reward-context', 'trl', 'rp-rl', (row) => changed(row, ['reward_context'], set('{"format":2}'))],
  ['reward-context', 'openrlhf', 'rp-rl', (row) => changed(row, ['label'], replaced('"baseline"', '"base"'))],
  [
    'reward-thoughts',
    'verl',
    'rp-rl',
    (row) =>
      changed(
        row,
        ['extra_info', 'reward_context'],
        replaced('Two', '<role_thinking>He lies</role_thinking>Two'),
      ),
  ],
  [
    'reward-thoughts',
    'openrlhf',
    'rp-rl',
    (row) =>
      changed(row, ['label'], replaced('Not tonight', '<system_thinking>No.</system_thinking>Not tonight')),
  ],
  // Judgements
  [
    'grm-label',
    'ms-swift',
    'grm-sft',
    (row) =>
      changed(row, ['messages', 1, 'content'], (text: string) => {
        const inner = JSON.stringify(JSON.parse(text.slice(8, -4)).result[0]);
        return `\`\`\`json\n${inner}\n\`\`\``;
      }),
  ],
  [
    'grm-label',
    'ms-swift',
    'grm-sft',
    (row) =>
      changed(
        row,
        ['messages', 1, 'content'],
        replaced('"better_response":"cand_1"', '"better_response":"A"'),
      ),
  ],
  [
    'grm-merits',
    'ms-swift',
    'grm-sft',
    (row) =>
      changed(
        row,
        ['messages', 1, 'content'],
        replaced('"better_response":"cand_1"', '"better_response":"cand_2"'),
      ),
  ],
  [
    'grm-asks-to-think',
    'llama-factory',
    'grm-sft',
    (row) => changed(row, ['messages', 0, 'content'], replaced('Answer', 'Think first. Then answer')),
  ],
  [
    'grm-thinks',
    'llama-factory',
    'grm-sft',
    (row) => changed(row, ['messages', 1, 'content'], before('<think>Hm.</think>')),
  ],
  [
    'grm-truth',
    'verl',
    'grm-rl',
    (row) => changed(row, ['reward_model'], () => ({ style: 'rule', ground_truth: 'A' })),
  ],
];
