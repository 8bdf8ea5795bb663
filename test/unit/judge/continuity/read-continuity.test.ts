import { describe, expect, test } from 'vitest';
import { readContinuity } from '../../../../src/judge/continuity/read-continuity.ts';

const KEY = { kind: 'knows-too-much', quote: 'the vault key' };
const none = { quote: '', found: false };
const whole = {
  knows_too_much: { quote: 'the vault key', found: true },
  speaks_for_others: none,
  out_of_card: none,
  assistant_voice: none,
};

describe('an answer is read', () => {
  test.each([
    ['as it was asked for', JSON.stringify(whole)],
    [
      'in prose and a fence',
      `Here you go:\n\`\`\`json\n${JSON.stringify(whole, undefined, 2)}\n\`\`\`\nHope it helps!`,
    ],
    [
      'behind thinking with other JSON in it',
      `<think>{"knows_too_much": {"found": false}}</think>${JSON.stringify(whole)}`,
    ],
    ['within another object', JSON.stringify({ result: whole })],
    [
      'with commas too many, bare keys and single quotes',
      "{knows_too_much: {quote: 'the vault key', found: true,},}",
    ],
    ['with other words for yes', '{"Knows Too Much": {"quote": "the vault key", "found": "yes"}}'],
    ['as quotes alone', '{"knows_too_much": "the vault key", "out_of_card": "none"}'],
    ['as a list of faults', '{"faults": [{"kind": "knows-too-much", "quote": "the vault key"}]}'],
    ['as one fault', '{"fault": "knows_too_much", "quote": "the vault key"}'],
  ])('%s', (_name, answer) => {
    expect(readContinuity(answer)).toEqual([KEY]);
  });

  test.each([
    ['none at all', JSON.stringify({ ...whole, knows_too_much: none })],
    ['a quote without a fault', '{"knows_too_much": {"quote": "the vault key", "found": false}}'],
    ['a fault without a quote', '{"knows_too_much": {"quote": "", "found": true}}'],
    ['an empty list', '{"faults": []}'],
    [
      'no, four times',
      '{"knows_too_much": false, "speaks_for_others": "no", "out_of_card": null, "assistant_voice": "N/A"}',
    ],
  ])('that finds nothing: %s', (_name, answer) => {
    expect(readContinuity(answer)).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['prose', 'The line knows too much: “the vault key”.'],
    ['half an object', JSON.stringify(whole).slice(0, 60)],
    ['JSON of something else', '{"winner": "A", "reason": "knows too much"}'],
    ['a number', '42'],
    ['brackets without end', '{'.repeat(5000)],
  ])('and told from one that says nothing: %s', (_name, answer) => {
    expect(readContinuity(answer)).toBeUndefined();
  });

  test('kinds that nobody asked for are left out', () => {
    const answer = '{"faults": [{"kind": "boring", "quote": "x"}, {"kind": "out of card", "quote": "y"}]}';
    expect(readContinuity(answer)).toEqual([{ kind: 'out-of-card', quote: 'y' }]);
  });
});
