import { expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { marksByRules } from '../../../../src/judge/continuity/marks-by-rules.ts';
import { bareLine, knowledgeOf, said } from './known-to.ts';

const FAULTS: readonly Segment[] = [
  { kind: 'thought', text: 'He hid the ledger under the third stair.' },
  { kind: 'action', text: 'sets down the jug. Mara smiles at last.' },
  { kind: 'speech', text: 'He hid the ledger under the third stair, and the vault key too.' },
  { kind: 'speech', text: 'The river keeps what the river takes. As an AI, I cannot swim.' },
];

test('a line may have several faults, each told once, in its own words, and by whom', () => {
  const line = bareLine(FAULTS, {
    own: ['The river keeps what the river takes.'],
    knowledge: knowledgeOf([], ['The vault key is gone.']),
  });
  expect(marksByRules(line)).toEqual([
    { kind: 'knows-too-much', quote: 'vault key', by: 'rules' },
    { kind: 'speaks-for-others', quote: 'Mara smiles at last', by: 'rules' },
    { kind: 'thought-leaked', quote: 'He hid the ledger under the third stair', by: 'rules' },
    { kind: 'repetition', quote: 'The river keeps what the river takes.', by: 'rules' },
    { kind: 'assistant-voice', quote: 'As an AI', by: 'rules' },
  ]);
});

test('most lines have none', () => {
  expect(marksByRules(bareLine(said('Good evening. The room upstairs is free.')))).toEqual([]);
  expect(marksByRules(bareLine(said('The price is undefined.')))).toEqual([]);
  expect(marksByRules(bareLine([]))).toEqual([]);
});
