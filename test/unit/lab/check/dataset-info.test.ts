import { expect, test } from 'vitest';
import { entryProblem } from '../../../../src/lab/check/dataset-info.ts';

/** As LLaMA-Factory’s own documents have it for OpenAI’s messages. */
const ENTRY = {
  file_name: 'sft.train.jsonl',
  formatting: 'sharegpt',
  columns: { messages: 'messages' },
  tags: {
    role_tag: 'role',
    content_tag: 'content',
    user_tag: 'user',
    assistant_tag: 'assistant',
    system_tag: 'system',
  },
};

test('an entry that names the file, its column and its roles', () => {
  expect(entryProblem({ other: { file_name: 'x' }, her: ENTRY }, 'sft.train.jsonl')).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ['no entry', { her: { ...ENTRY, file_name: 'sft.jsonl' } }, /no entry .* names sft\.train\.jsonl/],
  ['alpaca’s form', { her: { ...ENTRY, formatting: 'alpaca' } }, /not sharegpt/],
  ['no form, which is alpaca’s', { her: { ...ENTRY, formatting: undefined } }, /not sharegpt/],
  ['ShareGPT’s column', { her: { ...ENTRY, columns: { messages: 'conversations' } } }, /another column/],
  ['no columns', { her: { ...ENTRY, columns: {} } }, /names no column/],
  ['ShareGPT’s tags', { her: { ...ENTRY, tags: undefined } }, /role_tag is role/],
  ['no object', [], /no entry|no object/],
])('%s', (_, info, problem) => {
  expect(entryProblem(info, 'sft.train.jsonl')).toMatch(problem);
});
