import type { CheckedRow } from '../checked-row.ts';
import { isRecord } from '../rows/read-row.ts';
import { pastThink, tokensIn } from './common.ts';
import { eachRow, isRlFile, isSft, type Look, type Rule } from './rule.ts';

/** `data.max_prompt_length` where nothing is set. Tokens. */
export const VERL_PROMPT = 512;

function within({ value }: CheckedRow, column: string): Readonly<Record<string, unknown>> {
  const inner = value[column];
  return isRecord(inner) ? inner : {};
}

/** verl (lab.md 1.4). */
export const VERL_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'verl-ground-truth',
      level: 'error',
      effect: 'stock verl raises KeyError for ground_truth at the first reward; a fork of HER’s reads answer',
    },
    (row) =>
      typeof within(row, 'reward_model')['ground_truth'] === 'string'
        ? undefined
        : 'reward_model has no ground_truth',
    isRlFile,
  ),
  eachRow(
    {
      id: 'verl-answers',
      level: 'error',
      effect: 'stock verl and HER’s fork would reward different answers',
    },
    (row) => {
      const { ground_truth: truth, answer } = within(row, 'reward_model');
      return typeof truth === 'string' && typeof answer === 'string' && truth !== answer
        ? 'reward_model.answer is not ground_truth'
        : undefined;
    },
    isRlFile,
  ),
  eachRow(
    {
      id: 'verl-data-source',
      level: 'error',
      effect: 'verl raises KeyError for data_source at the first reward',
    },
    ({ value }) => (typeof value['data_source'] === 'string' ? undefined : 'no data_source'),
    isRlFile,
  ),
  eachRow(
    {
      id: 'verl-index',
      level: 'error',
      effect: 'verl takes 0 for the number of every row, or fails on its type',
    },
    (row) => {
      const { index } = within(row, 'extra_info');
      return typeof index === 'bigint' || Number.isInteger(index)
        ? undefined
        : 'extra_info.index is no whole number';
    },
    isRlFile,
  ),
  {
    id: 'verl-types',
    level: 'error',
    effect: 'Arrow cannot join rows of different types: loading stops, or fields are lost',
    // Parquet has one type for all rows.
    begin: (file) => (file.form === 'jsonl' && isRlFile(file) ? uniform() : undefined),
  },
  eachRow(
    { id: 'verl-json', level: 'error', effect: 'the reward function cannot read what it is to judge by' },
    (row) => {
      const context = within(row, 'extra_info')['reward_context'];
      if (context === undefined || context === null || context === '') return undefined;
      if (typeof context !== 'string') return 'extra_info.reward_context is no string';
      return parses(context) ? undefined : 'extra_info.reward_context is no JSON';
    },
    isRlFile,
  ),
  {
    id: 'verl-sft-parquet',
    level: 'error',
    effect: 'verl’s SFT reads Parquet alone: pandas fails on the file',
    begin(file) {
      if (!isSft(file) || file.form === 'parquet') return undefined;
      let isTold = false;
      return () => {
        if (isTold) return undefined;
        isTold = true;
        return 'the file is JSON Lines';
      };
    },
  },
  {
    id: 'verl-prompt-length',
    level: 'warning',
    effect: `verl filters it out, or stops, while data.max_prompt_length is ${VERL_PROMPT} as it is by default`,
    begin: (file) =>
      isRlFile(file)
        ? ({ messages }) => {
            const tokens = tokensIn(messages);
            return tokens > VERL_PROMPT ? `the prompt has about ${tokens} tokens` : undefined;
          }
        : undefined,
  },
  eachRow(
    {
      id: 'verl-past-think',
      level: 'error',
      effect:
        'Qwen3’s template strips it, verl finds other tokens and raises AssertionError, unless data.ignore_input_ids_mismatch is true',
    },
    pastThink,
    isSft,
  ),
  eachRow(
    {
      id: 'verl-learns-all',
      level: 'warning',
      effect:
        'verl’s SFT learns every turn of the assistant, earlier ones without their plans, unless data.custom_cls says otherwise (an export brings one)',
    },
    ({ messages = [] }) =>
      messages.filter(({ role }) => role === 'assistant').length > 1
        ? 'several turns of the assistant'
        : undefined,
    isSft,
  ),
];

/** Whether rows have the fields and types that the first one has, in structs too. */
function uniform(): Look {
  let first: CheckedRow['value'] | undefined;
  return ({ value }) => {
    first ??= value;
    const at = difference(first, value, '');
    return at === undefined
      ? undefined
      : `${at} is missing in one of this row and the first, or of another type`;
  };
}

/** Where two values are of types that Arrow cannot join; null joins with all, of lists the first counts. */
export function difference(one: unknown, other: unknown, path: string): string | undefined {
  if (one === null || other === null) return undefined;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === 0 || other.length === 0 ? undefined : difference(one[0], other[0], `${path}[0]`);
  }
  if (!isRecord(one) || !isRecord(other)) {
    const isSame = typeof one === typeof other && Array.isArray(one) === Array.isArray(other);
    return isSame ? undefined : path;
  }
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const inner = path === '' ? name : `${path}.${name}`;
    const at = name in one && name in other ? difference(one[name], other[name], inner) : inner;
    if (at !== undefined) return at;
  }
  return undefined;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
