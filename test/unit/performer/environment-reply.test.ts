import { describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import { readEnvironmentReply } from '../../../src/performer/environment-reply.ts';
import { adversarialTurns } from '../../doubles/model/her-replies.ts';

const people = [
  { id: 'character:darcy', names: ['Mr. Darcy', 'Darcy'] },
  { id: 'character:lizzy', names: ['Elizabeth Bennet', 'Elizabeth', 'Bennet', 'Lizzy'] },
  { id: 'character:jane', names: ['Jane Bennet', 'Jane', 'Bennet'] },
  { id: 'character:lin', names: ['林黛玉'] },
  { id: 'player:1', names: ['Mara'] },
  { id: 'character:odd', names: ['A.*(b', 'constructor', '__proto__'] },
];

const json = (narration: unknown, changes: unknown = []) => JSON.stringify({ narration, changes });
const narrated = (text: string) => readEnvironmentReply(text, people).narration;
const changed = (...changes: readonly unknown[]) =>
  readEnvironmentReply(json('Rain.', changes), people).changes;

describe('a narration', () => {
  test.each([
    [json('Rain falls.')],
    [`\`\`\`json\n${json('Rain falls.')}\n\`\`\``],
    [`Sure! ${json('Rain falls.')} I hope it helps.`],
    [JSON.stringify({ response: { Narration: 'Rain falls.', plan: 'HIDDEN' } })],
    [JSON.stringify([{ thought: 'HIDDEN', narration: ['Rain falls.'] }])],
    ['{"plan":"HIDDEN","narration": "Rain falls.", "chan'],
    ['{"narration": "Rain falls. The door slams and the'],
    ['{"narration": "Rain falls.\n", "changes": []}'],
    ['Rain falls.'],
    ['Environment: Rain falls.'],
    ['*Rain falls.*'],
    ['Rain falls.\n{"changes": "HIDDEN"}'],
    ['Rain falls.\n"plan": "HIDDEN"'],
    [`<think>HIDDEN ${json('HIDDEN')}</think>${json('Rain falls.')}`],
    [`HIDDEN ${json('HIDDEN')}</think>${json('Rain falls.')}`],
    ['<think>HIDDEN</think>Rain falls.'],
    [json('<system_thinking>HIDDEN</system_thinking>Rain falls.')],
    [json('<role_thinking>HIDDEN</role_thinking><role_action>Rain falls.</role_action>')],
  ])('in %j', (text) => {
    expect(narrated(text)).toBe('Rain falls.');
  });

  test.each([
    '',
    '   ',
    '{',
    '{}',
    '[]',
    'null',
    '…',
    '{"thinking":"HIDDEN"}',
    '["HIDDEN"]',
    '<think>HIDDEN never ends {"narration":"HIDDEN"}',
    json('HIDDEN</system_thinking>Rain.'),
    json(json('HIDDEN')),
    '{"narration": "He says, "No boats." and goes."}',
    '{"narration":"A \\u12',
    '{"constructor":{"narration":7},"__proto__":{"changes":[]}}',
    '{"narration":'.repeat(1500),
    '{'.repeat(20_000),
    '<think>'.repeat(3000),
    '“'.repeat(20_000),
    'x '.repeat(10_000),
    json('x '.repeat(9000)),
  ])('is not in %j', (text) => {
    expect(readEnvironmentReply(text, people)).toEqual({ narration: '', changes: [] });
  });

  test('has three whole sentences at most', () => {
    expect(narrated(json('One drop. Two drops. Three drops. Four drops.'))).toBe(
      'One drop. Two drops. Three drops.',
    );
    expect(narrated(json('Rain falls on Mr. Darcy’s hat. The wind'))).toBe('Rain falls on Mr. Darcy’s hat.');
    expect(narrated(json('雨が降る。風が吹く。雷。雪。'))).toBe('雨が降る。 風が吹く。 雷。');
    expect(narrated('Rain taps on the panes')).toBe('Rain taps on the panes');
  });

  test.each(adversarialTurns('Environment', 'Mr. Darcy', 'env').map((turn) => [turn.name, turn] as const))(
    'hides what a model hides badly: %s',
    (_name, { text, hidden }) => {
      for (const reply of [text, json(text)]) {
        const { narration, changes } = readEnvironmentReply(reply, people);
        const shown = parseTurn(narration).segments.filter(({ kind }) => kind !== 'thought');
        for (const secret of hidden)
          expect(JSON.stringify([shown, changes, narration])).not.toContain(secret);
      }
    },
  );
});

describe('who speaks in it', () => {
  test.each([
    'The waiter shrugs. “No boats tonight.” The rain goes on.',
    '“Your coat, Mr. Darcy?” asks the waiter.',
    'A waiter turns to Darcy: “Your coat?”',
    'Mr. Darcy’s glass falls; “Sorry, sir!” cries the waiter.',
    '“Fire!” A boy near Darcy points. Smoke rises.',
    'The dog’s tail wags at Jane’s feet.',
  ])('people without a part of their own: %j', (text) => {
    expect(narrated(json(text))).toBe(text);
  });

  test.each([
    ['“I confess,” says Darcy. Rain falls.', 'Rain falls.'],
    ['Darcy says, "I confess." Rain falls.', 'Rain falls.'],
    ['“I confess!” Mr Darcy says. Rain falls.', 'Rain falls.'],
    ['Rain falls. “I agree.” Darcy bows. Thunder.', 'Rain falls. Thunder.'],
    ['Darcy bows. “I agree.” Rain falls.', 'Rain falls.'],
    ["'I confess,' says Lizzy. Rain falls.", 'Rain falls.'],
    ['The door opens and Mara answers: “Come in.” Rain falls.', 'Rain falls.'],
    ['„Ich gestehe“, sagt Darcy. Rain falls.', 'Rain falls.'],
    ['« J’avoue », dit Jane. Rain falls.', 'Rain falls.'],
    ['— J’avoue, dit Jane. Rain falls.', 'Rain falls.'],
    ['「我承认。」林黛玉说。Rain falls.', 'Rain falls.'],
    ['“Yes,” says A.*(b. Rain falls.', 'Rain falls.'],
    ['Rain falls.\nDarcy: I confess.\nI do.', 'Rain falls.'],
    ['Darcy: I confess.', ''],
  ])('nobody of the cast, no player: %j', (text, expected) => {
    expect(narrated(json(text))).toBe(expected);
  });
});

describe('what changed', () => {
  test('is told of those whom their name names alone', () => {
    expect(
      changed(
        { who: 'Darcy', what: 'leaves', how: 'Darcy slips out by the cellar door' },
        { who: 'Bennet', what: 'leaves', how: '' },
        { who: 'Darcy’s dog', what: 'leaves', how: '' },
        { who: 'Darcy and Jane', what: 'leaves', how: '' },
        { who: 'Wickham', what: 'enters', how: '' },
        { who: 'mara', what: 'falls asleep', how: '' },
        { who: 'Jane', what: 'explodes', how: '' },
        { who: 7, what: 'leaves' },
        null,
      ),
    ).toEqual([
      { actor: 'character:darcy', what: 'leaves', how: 'Darcy slips out by the cellar door.' },
      { actor: 'player:1', what: 'sleeps', how: '' },
    ]);
  });

  test.each([
    ['leaves', 'leaves'],
    ['Exit', 'leaves'],
    ['enters', 'enters'],
    ['falls_asleep', 'sleeps'],
    ['wakes', 'wakes'],
    ['steps aside', 'apart'],
    ['comes back', 'near'],
  ])('in the words %j', (what, expected) => {
    expect(changed({ who: 'Jane', what })).toEqual([{ actor: 'character:jane', what: expected, how: '' }]);
  });

  test('of one actor, the last counts; of many, four', () => {
    expect(
      changed({ who: 'Jane', what: 'leaves', how: '' }, { who: 'Jane Bennet', what: 'enters', how: '' }),
    ).toMatchObject([{ what: 'enters' }]);
    const names = ['Jane', 'Darcy', 'Lizzy', 'Mara', 'constructor', '__proto__', '林黛玉'];
    expect(changed(...names.map((who) => ({ who, what: 'wakes', how: '' })))).toHaveLength(4);
  });

  test('is kept where the answer was cut off after it', () => {
    const text = '{"narration": "Rain.", "changes": [{"who":"Jane","what":"leaves","how":""},{"who":"Dar';
    expect(readEnvironmentReply(text, people).changes).toMatchObject([{ actor: 'character:jane' }]);
  });

  test.each([
    ['by the cellar door', 'Jane leaves, by the cellar door.'],
    ['Jane, @everyone <@1> `x`\nleaves [here](https://evil.example)', /^Jane, everyone[^@<`\n[]*\.$/],
    ['Jane leaves, saying “Farewell”', ''],
    ['<system_thinking>HIDDEN</system_thinking>Jane leaves', 'Jane leaves.'],
    [`Jane leaves ${'slowly '.repeat(40)}`, ''],
    ['{"plan": "HIDDEN"}', ''],
    [{ plan: 'HIDDEN' }, ''],
  ])('in one plain sentence: %j', (how, expected) => {
    const [change] = changed({ who: 'Jane', what: 'leaves', how });
    expect(change?.how.length).toBeLessThanOrEqual(100);
    if (typeof expected === 'string') expect(change?.how).toBe(expected);
    else expect(change?.how).toMatch(expected);
  });
});

test('a reply is read where nobody is there', () => {
  const text = json('“Hello,” says Jane.', [{ who: 'Jane', what: 'leaves', how: '' }]);
  expect(readEnvironmentReply(text, [])).toEqual({ narration: '“Hello,” says Jane.', changes: [] });
});
