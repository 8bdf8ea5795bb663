import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { gatesAnswer, hostileGatesAnswers } from '../../doubles/teacher/gates.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { plannedConversations } from './gates-data.ts';
import { gatesHouse } from './gates-house.ts';

const FILES = ['gates.html', 'gates.json', 'gates.md'];

/** The first conversation with a turn of its own. */
function withTurn(id: number, change: Partial<Conversation['turns'][number]>): Conversation[] {
  const [first, ...others] = plannedConversations(12);
  if (!first) throw new Error('there is none');
  const turns = first.turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn));
  return [{ ...first, turns }, ...others];
}

type Gate = { readonly name: string; readonly state: string; readonly value: number | null };
const stateOf = (out: string, name: string) =>
  (JSON.parse(out) as { gates: Gate[] }).gates.find((gate) => gate.name === name)?.state;

test('a clean file passes what must hold: exit code 0, three files beside it', async () => {
  const house = await gatesHouse();
  const file = house.file('data.jsonl', plannedConversations(20));
  const { code, out } = await house.gates(file);
  expect(out).toContain('0 of 25 gates fail');
  expect(out).toMatch(/passes +Turns with a fault of form +0 %/u);
  expect(code).toBe(0);
  expect(readdirSync(house.path('data.gates')).filter((name) => !name.startsWith('.'))).toEqual(FILES);
  expect(house.double.prompts).toHaveLength(0);
});

const THOUGHT = 'She has run the last mile and he saw it at once';

test.each([
  ['words of Discord', 'of-discord', { text: 'Ask <@123456789012345678> about it.' }],
  [
    'a plan said aloud',
    'plan-in-the-open',
    { text: '<role_action>waits</role_action>Ada Crane should sound tense here.' },
  ],
  [
    'another’s thought in a plan',
    'plan-knows-too-much',
    { plan: `Ada Crane can tell: ${THOUGHT}, so she waits.` },
  ],
])('planted: %s fails as %s', async (_name, why, change) => {
  const house = await gatesHouse();
  const text = `<role_thinking>${THOUGHT}</role_thinking>Tide’s wrong till four.`;
  const records = withTurn(3, change).map((record, at) => ({
    ...record,
    turns: record.turns.map((turn) => (at === 0 && turn.id === 1 ? { ...turn, text } : turn)),
  }));
  const { code, out } = await house.gates(house.file('data.jsonl', records), '--json');
  expect(code).toBe(1);
  expect(stateOf(out, 'leaks')).toBe('fail');
  const { survey } = JSON.parse(house.text('data.gates/gates.json'));
  expect(survey.checks.leaking).toBe(1);
  expect(survey.checks.rows[0]).toMatchObject({ why, turns: 1, leaking: 1, examples: [{ turn: 3 }] });
});

test('a leak is shown by name with its turn, in all three forms', async () => {
  const house = await gatesHouse();
  const file = house.file('data.jsonl', withTurn(3, { text: 'Ask <@123456789012345678> about it.' }));
  const { code, out } = await house.gates(file, '--out', house.path('out'), '--json');
  expect(code).toBe(1);
  expect(stateOf(out, 'leaks')).toBe('fail');
  const report = JSON.parse(house.text('out/gates.json'));
  expect(report.survey.checks.rows[0]).toMatchObject({
    ...{ why: 'of-discord', turns: 1, leaking: 1 },
    examples: [{ conversation: 'The Ferry House-0-0', turn: 3 }],
  });
  for (const name of ['out/gates.html', 'out/gates.md']) {
    expect(house.text(name)).toContain('of-discord');
    expect(house.text(name)).toMatch(/Ask .*@123456789012345678/u);
  }
});

test('another limit lets it through, and is told as set', async () => {
  const house = await gatesHouse();
  const file = house.file('data.jsonl', withTurn(3, { text: 'Ask <@123456789012345678> about it.' }));
  const { code } = await house.gates(file, '--out', house.path('out'), '--gate', 'leaks=5%');
  expect(code).toBe(0);
  expect(house.text('out/gates.md')).toContain('at most 5.0 % (set)');
});

describe('a folder of synthesis', () => {
  function folder(house: Awaited<ReturnType<typeof gatesHouse>>, manifest?: unknown): string {
    const at = house.path('synth');
    mkdirSync(at);
    const jsonl = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    writeFileSync(
      join(at, '1-load.jsonl'),
      jsonl([sampleConversation(), sampleConversation({ id: 'other' })]),
    );
    writeFileSync(join(at, '1-load.rejects.jsonl'), '');
    writeFileSync(join(at, '5-plan.jsonl'), jsonl(plannedConversations(1)));
    writeFileSync(
      join(at, '5-plan.rejects.jsonl'),
      jsonl([
        { step: 'plan', id: 'other', why: 'no-answer' },
        { step: 'plan', id: 'x', why: 'no-answer', turn: 1 },
      ]),
    );
    if (manifest) writeFileSync(join(at, 'manifest.json'), JSON.stringify(manifest));
    return at;
  }

  test('its newest finished step is looked at, and what steps rejected is told', async () => {
    const house = await gatesHouse();
    const steps = [
      {
        name: 'load',
        state: 'done',
        file: '1-load.jsonl',
        in: 2,
        out: 2,
        rejected: 0,
        rejects: {},
        counts: {},
      },
      {
        name: 'plan',
        state: 'done',
        file: '5-plan.jsonl',
        in: 2,
        out: 1,
        rejected: 1,
        rejects: { 'no-answer': 2 },
        counts: { turns: 4 },
      },
      {
        name: 'setting',
        state: 'waiting',
        file: '6-setting.jsonl',
        in: 1,
        out: 0,
        rejected: 0,
        rejects: {},
        counts: {},
      },
    ];
    const at = folder(house, { format: 1, kind: 'synth', steps, future: true });
    const { out, code } = await house.gates(at, '--json');
    expect(JSON.parse(out)).toMatchObject({ data: join(at, '5-plan.jsonl'), out: join(at, 'gates') });
    expect(stateOf(out, 'rejected')).toBe('warn');
    expect(code).toBe(0);
    expect(house.text('synth/gates/gates.md')).toMatch(/\| plan \| no-answer \| 2 \|/u);
  });

  test('without a manifest, or with one nobody can read, rejects are counted from their files', async () => {
    const house = await gatesHouse();
    const at = folder(house);
    writeFileSync(join(at, 'manifest.json'), '{ broken');
    const { out } = await house.gates(at, '--json');
    expect(JSON.parse(out)).toMatchObject({ data: join(at, '5-plan.jsonl') });
    expect(stateOf(out, 'rejected')).toBe('unmeasured');
    expect(house.text('synth/gates/gates.md')).toMatch(/\| plan \| no-answer \| 2 \|/u);
  });

  test('one in which nothing is done is told so', async () => {
    const house = await gatesHouse();
    mkdirSync(house.path('empty'));
    const { code, err } = await house.gates(house.path('empty'));
    expect(code).toBe(1);
    expect(err).toContain('no step of lab synth is done there');
  });
});

describe('judges', () => {
  const judges = ['--judges', 'a,b'];

  test('each is asked about each turn of the sample; the report tells how far they agree', async () => {
    const house = await gatesHouse(({ body }) => {
      const answer = gatesAnswer(body.messages ?? []);
      return body.model === 'b'
        ? answer?.replace('"thought_private":true', '"thought_private":false')
        : answer;
    });
    const file = house.file('data.jsonl', plannedConversations(30));
    const { out, code } = await house.gates(file, ...judges, '--sample', '40', '--json');
    expect(code).toBe(0);
    expect(house.double.prompts).toHaveLength(80);
    const { agreement } = JSON.parse(out);
    expect(agreement).toMatchObject({ judges: ['a', 'b'], turns: 40 });
    const question = (name: string) => agreement.questions.find((one: { name: string }) => one.name === name);
    expect(question('plan-leads').agreement.value).toBe(1);
    expect(question('thought-private').agreement.value).toBe(0);
    expect(question('thought-private').judges).toMatchObject([
      { passes: { value: 1 } },
      { passes: { value: 0 } },
    ]);
    expect(house.text('data.gates/gates.html')).toContain('Agreement of judges');
  });

  test('a second run asks nothing and says the same', async () => {
    const house = await gatesHouse();
    const file = house.file('data.jsonl', plannedConversations(30));
    await house.gates(file, ...judges, '--sample', '10');
    const first = house.text('data.gates/gates.json');
    await house.gates(file, ...judges, '--sample', '10');
    expect(house.double.prompts).toHaveLength(20);
    expect(house.text('data.gates/gates.json')).toBe(first);
    await house.gates(file, ...judges, '--sample', '10', '--seed', '5');
    expect(house.double.prompts.length).toBeGreaterThan(20);
  });

  test('the one law holds on the wire: no plan of another turn, no thought or mind of anybody else', async () => {
    const house = await gatesHouse();
    const records = plannedConversations(3).map((record) => ({
      ...record,
      turns: record.turns.map((turn) =>
        turn.plan ? { ...turn, plan: `${turn.plan} CANARY-${turn.id}-OF-${record.key.plot}.` } : turn,
      ),
    }));
    await house.gates(house.file('data.jsonl', records), ...judges, '--sample', '100');
    expect(house.double.prompts).toHaveLength(24);
    for (const { promptText } of house.double.prompts) {
      expect(promptText.match(/CANARY-\d+-OF-\d+/gu)).toHaveLength(1);
      const isPerran = promptText.includes('The character: Perran Hale');
      expect(promptText.includes('She has run the last mile')).toBe(isPerran);
      expect(promptText.includes('I must be across before the office opens')).toBe(!isPerran);
      expect(promptText.includes('I will not cross after dark again')).toBe(isPerran);
    }
  });

  test.each(Object.entries(hostileGatesAnswers))(
    'an answer that cannot be read is missing (%s)',
    async (_name, answer) => {
      const house = await gatesHouse(({ body }) =>
        body.model === 'b' ? answer : gatesAnswer(body.messages ?? []),
      );
      const file = house.file('data.jsonl', plannedConversations(10));
      const { out, code } = await house.gates(file, ...judges, '--sample', '8', '--json');
      expect(code).toBe(0);
      const { questions } = JSON.parse(out).agreement;
      const knows = questions.find((one: { name: string }) => one.name === 'knows-only');
      expect(knows.judges).toMatchObject([
        { answered: 8, missing: 0 },
        { answered: 0, missing: 8 },
      ]);
      expect(knows).toMatchObject({ n: 0, alpha: { value: null }, agreement: { value: null } });
    },
  );

  test('a judge that is not there at all is told, and nothing is written', async () => {
    const house = await gatesHouse(() => ({
      fault: 'status',
      status: 404,
      body: { error: { code: 'model_not_found', message: 'no such model' } },
    }));
    const file = house.file('data.jsonl', plannedConversations(10));
    const { code, err } = await house.gates(file, ...judges, '--sample', '8');
    expect(code).toBe(1);
    expect(err).not.toBe('');
    expect(readdirSync(house.path('data.gates'))).not.toContain('gates.json');
  });
});

describe('bad use', () => {
  test.each([
    [[], 'one FOLDER'],
    [['a', 'b'], 'one FOLDER'],
    [['a', '--judges', 'one'], 'two or more'],
    [['a', '--sample', '5'], 'belongs to --judges'],
    [['a', '--gate', 'none=1'], 'there is no gate'],
    [['a', '--seed', 'x'], '--seed'],
    [['a', '--strange'], 'strange'],
  ])('%j', async (args, says) => {
    const house = await gatesHouse();
    const { code, err } = await house.gates(...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test('a file that is not there is told', async () => {
    const house = await gatesHouse();
    const { code, err } = await house.gates(house.path('nowhere.jsonl'));
    expect(code).toBe(1);
    expect(err).toContain('cannot be read');
  });
});
