import { describe, expect, test } from 'vitest';
import {
  CONTINUITY_SCHEMA,
  LONGEST_ANSWER,
  readContinuity,
} from '../../../../src/judge/continuity/read-continuity.ts';
import { strictFields } from '../strict-schema.ts';

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
    ['within another object', JSON.stringify({ note: 'As asked:', result: { of: 'it', faults: whole } })],
    [
      'as the last of several',
      `{"knows_too_much": {"quote": "the key", "found": true}} Or rather: ${JSON.stringify(whole)}`,
    ],
    ['in front of one that is cut off', `${JSON.stringify(whole)} {"knows_too_much": {"quote": "the`],
    ['in front of a note in JSON', `${JSON.stringify(whole)} {"note": "nothing else"}`],
    [
      'with commas too many, bare keys and single quotes',
      "{knows_too_much: {quote: 'the vault key', found: true,},}",
    ],
    ['with other words for yes', '{"Knows Too Much": {"quote": "the vault key", "found": "yes"}}'],
    ['as quotes alone', '{"knows_too_much": "the vault key", "out_of_card": "none"}'],
    ['as a list of quotes', '{"knows_too_much": [{"quote": "the vault key"}, "none", {"quote": ""}]}'],
    ['with quotes in a list', '{"knows_too_much": {"quotes": ["the vault key", "n/a", 7], "found": true}}'],
    [
      'as a list of faults',
      '{"faults": [{"kind": "1. Knows too much", "quote": "the vault key"}, "and that is all", 7]}',
    ],
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
    const answer =
      '{"faults": [{"kind": "boring", "quote": "x"}, {"kind": "constructor", "quote": "z"}, {"kind": 7, "quote": "y"}]}';
    expect(readContinuity(answer)).toEqual([]);
  });

  test('up to a length', () => {
    const answer = JSON.stringify(whole);
    expect(readContinuity(' '.repeat(LONGEST_ANSWER - answer.length) + answer)).toEqual([KEY]);
    expect(readContinuity(' '.repeat(LONGEST_ANSWER) + answer)).toBeUndefined();
  });

  test('but not what it thought before, nor what it thinks at length', () => {
    const thought = `I wonder: ${JSON.stringify(whole)}`;
    expect(readContinuity(`<think>${thought}</think>I cannot tell.`)).toBeUndefined();
    expect(readContinuity(`<think>${thought}`)).toBeUndefined();
  });
});

describe('whatever a judge calls', () => {
  test.each([
    ['Knows Too Much', 'knows-too-much'],
    ['speaks_for_others', 'speaks-for-others'],
    ['SpeaksForOther', 'speaks-for-others'],
    ['out of card', 'out-of-card'],
    ['Out of Character', 'out-of-card'],
    ['out-of-the-card', 'out-of-card'],
    ['assistant', 'assistant-voice'],
    ['Assistant voice', 'assistant-voice'],
  ])('a fault: %s', (name, kind) => {
    const found = [{ kind, quote: 'the vault key' }];
    expect(readContinuity(JSON.stringify({ [name]: 'the vault key' }))).toEqual(found);
    expect(readContinuity(JSON.stringify({ kind: name, quote: 'the vault key' }))).toEqual(found);
  });

  test.each(['kind', 'fault', 'type'])('its name: %s', (key) => {
    const fault = { [key]: 'knows too much', quote: 'the vault key' };
    expect(readContinuity(JSON.stringify(fault))).toEqual([KEY]);
    expect(readContinuity(JSON.stringify({ all: [fault] }))).toEqual([KEY]);
  });

  test.each(['quote', 'Quotes', 'quoted', 'quotation', 'words', 'evidence', 'text', 'line'])(
    'its words: %s',
    (key) => {
      expect(readContinuity(JSON.stringify({ knows_too_much: { [key]: 'the vault key' } }))).toEqual([KEY]);
    },
  );

  test.each(['found', 'Present', 'has_fault', 'yes', 'value', 'answer', 'result', 'verdict'])(
    'yes and no: %s',
    (key) => {
      const answer = (said: unknown) =>
        JSON.stringify({ knows_too_much: { quote: 'the vault key', [key]: said } });
      for (const no of [false, null, 0, 'No.', 'none', 'FALSE', 'n/a', 'Nein!', '0', '']) {
        expect(readContinuity(answer(no)), JSON.stringify(no)).toEqual([]);
      }
      for (const yes of [true, 1, 'yes', 'ja', 'not allowed']) {
        expect(readContinuity(answer(yes)), JSON.stringify(yes)).toEqual([KEY]);
      }
    },
  );

  test('words of any script are words', () => {
    for (const quote of ['账本藏在楼梯下面', 'тайный ключ', 'مفتاح الخزنة']) {
      expect(readContinuity(JSON.stringify({ knows_too_much: { quote, found: true } }))).toEqual([
        { kind: 'knows-too-much', quote },
      ]);
    }
  });
});

test('the schema asks of each fault for its words first, then whether it is one', () => {
  const fault = [
    ['quote', 'string'],
    ['found', 'boolean'],
  ];
  expect(strictFields(CONTINUITY_SCHEMA)).toEqual([
    ['knows_too_much', fault],
    ['speaks_for_others', fault],
    ['out_of_card', fault],
    ['assistant_voice', fault],
  ]);
});
