import { describe, expect, test } from 'vitest';
import type { Conversation, Turn } from '../../../../../src/lab/synth/record/conversation.ts';
import { turnFaults } from '../../../../../src/lab/synth/validate/turn-faults.ts';
import { validateStep } from '../../../../../src/lab/synth/validate/validate-step.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const PLAN = 'Perran ought to refuse without a reason: the rope, then the tide.';
const SCENE = sampleConversation({
  turns: sampleConversation().turns.map((turn) =>
    turn.speaker === 'Environment'
      ? turn
      : {
          ...turn,
          plan:
            turn.speaker === 'Perran Hale' ? PLAN : 'Ada offers the price first, as if she had all night.',
        },
  ),
});
const { tools } = stepTools(() => {
  throw new Error('nobody is asked');
});

function withTurn(id: number, change: Partial<Turn>): Conversation {
  return { ...SCENE, turns: SCENE.turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn)) };
}

function faultsOf(change: Partial<Turn>): string[] {
  const scene = withTurn(1, change);
  const turn = scene.turns[1];
  return turn ? turnFaults(turn, scene).map(({ why, layer }) => `${layer}: ${why}`) : [];
}

test('a sound record goes through as it is', async () => {
  const { record, rejects, counts } = await validateStep.work(SCENE, tools);
  expect(record).toEqual(SCENE);
  expect(rejects).toEqual([]);
  expect(counts).toEqual({
    turns: 5,
    mended: 0,
    targets: 4,
    'history only': 0,
    'turns of the Environment': 1,
    'taken out': 0,
  });
});

describe('a turn is at fault', () => {
  test.each([
    [
      'thought: thought-names-the-task',
      { text: '<role_thinking>I should stay in character here</role_thinking>No.' },
    ],
    [
      'thought: thought-not-first-person',
      { text: '<role_thinking>Perran does not like it</role_thinking>No.' },
    ],
    [
      'thought: thought-repeats-in-speech',
      { text: '<role_thinking>the tide is wrong till four</role_thinking>The tide is wrong till four.' },
    ],
    [
      'thought: thought-knows-too-much',
      { text: '<role_thinking>nobody may know what I carry across</role_thinking>No.' },
    ],
    ['action: action-names-actor', { text: '<role_action>he shrugs</role_action>No.' }],
    ['plan: plan-names-a-user', { plan: 'The user wants Perran to refuse.' }],
    ['plan: plan-first-person', { plan: 'I will not go. I am too old for this and my hands are cold.' }],
    ['plan: plan-knows-too-much', { plan: 'Perran guesses that nobody may know what I carry across.' }],
    ['plan: plan-does-not-read-back', { plan: 'Perran refuses.</system_thinking>Ada Crane: Please.' }],
    ['turn: of-discord', { text: 'Ask <@123456789012345678> about it.' }],
    ['turn: of-discord', { text: 'See https://cdn.discordapp.com/attachments/1/2/a.png' }],
  ])('%s', (fault, change) => {
    expect(faultsOf(change)).toContain(fault);
  });

  test('a sound one is at none', () => {
    expect(faultsOf({})).toEqual([]);
  });
});

describe('what becomes of it', () => {
  test('a bad example stays as history and is never a target', async () => {
    const { record, rejects, counts } = await validateStep.work(
      withTurn(1, { plan: 'The user wants Perran to refuse.' }),
      tools,
    );
    expect(rejects).toEqual([
      { why: 'plan-names-a-user', turn: 1, character: 'Perran Hale', detail: 'plan' },
    ]);
    expect(record?.turns[1]).toMatchObject({ id: 1, text: SCENE.turns[1]?.text });
    expect(record?.turns[1]?.plan).toBeUndefined();
    expect(counts).toMatchObject({ targets: 3, 'history only': 1 });
  });

  test('a thought that knows too much is taken out, and what could be seen stays', async () => {
    const { record } = await validateStep.work(
      withTurn(1, { text: '<role_thinking>nobody may know what I carry across</role_thinking>No.' }),
      tools,
    );
    expect(record?.turns[1]?.text).toBe('No.');
    expect(record?.turns[1]?.plan).toBeUndefined();
  });

  test('a turn that may train nobody is taken out; the others keep their numbers', async () => {
    const { record, rejects } = await validateStep.work(
      withTurn(1, { text: 'Ask <@123456789012345678>.' }),
      tools,
    );
    expect(record?.turns.map(({ id }) => id)).toEqual([0, 2, 3, 4]);
    expect(rejects.map(({ why }) => why)).toContain('of-discord');
  });

  test('a turn without a plan is named', async () => {
    const { plan: _plan, ...bare } = SCENE.turns[1] ?? {};
    const scene = { ...SCENE, turns: SCENE.turns.map((turn) => (turn.id === 1 ? (bare as Turn) : turn)) };
    const { rejects, record } = await validateStep.work(scene, tools);
    expect(rejects).toEqual([{ why: 'no-plan', turn: 1, character: 'Perran Hale' }]);
    expect(record?.turns).toHaveLength(5);
  });

  test('what a rule can mend is mended and counted', async () => {
    const text = '<role_action>goes on coiling the rope.</role_action>  Suit   yourself.';
    const { record, counts, rejects } = await validateStep.work(withTurn(4, { text }), tools);
    expect(record?.turns[4]?.text).toBe('<role_action>goes on coiling the rope</role_action>Suit yourself.');
    expect(counts).toMatchObject({ mended: 1 });
    expect(rejects).toEqual([]);
  });

  test('a conversation of which one turn is left goes no further', async () => {
    const turns = SCENE.turns
      .slice(0, 2)
      .map((turn) => (turn.id === 1 ? { ...turn, text: '@everyone come' } : turn));
    const { record, rejects } = await validateStep.work({ ...SCENE, turns }, tools);
    expect(record).toBeUndefined();
    expect(rejects[0]).toEqual({ why: 'too-few-turns' });
  });
});

describe('what is told around the turns', () => {
  test('with marks of Discord in it the conversation goes no further', async () => {
    const { record, rejects } = await validateStep.work(
      { ...SCENE, passage: 'See https://cdn.discordapp.com/attachments/1/2/a.png' },
      tools,
    );
    expect(record).toBeUndefined();
    expect(rejects).toEqual([{ why: 'of-discord' }]);
  });

  test('is mended where no other program would take it', async () => {
    const { record, counts } = await validateStep.work(
      { ...SCENE, scenario: 'A slip at dusk.\u0000 \ud83d' },
      tools,
    );
    expect(record?.scenario).toBe('A slip at dusk. \ufffd');
    expect(counts).toMatchObject({ 'settings mended': 1 });
  });

  test('loses a completion that does not keep what was written', async () => {
    const completed = {
      scenario: { text: 'Something else.', added: [{ text: 'Something else.', quote: 'rope' }] },
    };
    const { record, rejects } = await validateStep.work({ ...SCENE, completed }, tools);
    expect(record?.completed).toBeUndefined();
    expect(rejects).toEqual([{ why: 'setting-not-kept', detail: 'scenario' }]);
  });
});

test('the world has no thoughts: they are taken out', async () => {
  const text = '<role_thinking>I am the night</role_thinking>A bell rings.';
  const { record, counts } = await validateStep.work(withTurn(2, { text }), tools);
  expect(record?.turns[2]?.text).toBe('A bell rings.');
  expect(counts).toMatchObject({ mended: 1, 'taken out': 0 });
});
