import { expect, test } from 'vitest';
import { draftStep } from '../../../../../src/lab/synth/draft/draft-step.ts';
import { HOSTILE_DRAFT, REPLY, teachDraft } from '../../../../doubles/teacher/draft.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const REASONING = 'Ada has come a long way and ought not to show that she is in a hurry; a price, then.';
const SCENE = sampleConversation();

test('each character’s turn is drafted from its own view before it; the reply is thrown away', async () => {
  const { tools, asked } = stepTools(() => ({
    text: 'Ada Crane: THROWN AWAY',
    reasoning: REASONING,
    end: 'stop',
  }));
  const { record, rejects, counts } = await draftStep.work(SCENE, tools);
  expect(rejects).toEqual([]);
  expect(counts).toMatchObject({ turns: 4, drafted: 4, 'by channel': 4 });
  expect(JSON.stringify(record)).not.toContain('THROWN AWAY');
  expect(record?.turns.map(({ draft }) => draft)).toEqual([
    REASONING,
    REASONING,
    undefined,
    REASONING,
    REASONING,
  ]);
  for (const { request, role } of asked) {
    expect(role).toBe('drafter');
    expect(request.messages.map((one) => one.role)).toEqual(
      request.messages.map((_, at) => (at === 0 ? 'system' : at % 2 === 1 ? 'user' : 'assistant')),
    );
  }
  const last =
    asked
      .at(-1)
      ?.request.messages.map(({ content }) => content)
      .join('\n') ?? '';
  expect(last).toContain('<role_thinking>She has run the last mile</role_thinking>');
  expect(last).not.toContain('Suit yourself');
  expect(asked[2]?.request.messages.map(({ content }) => content).join('\n')).not.toContain(
    'She has run the last mile',
  );
});

test('a turn that has a plan is not drafted, and no plan stands in what is asked', async () => {
  const turns = SCENE.turns.map((turn) =>
    turn.id === 0 ? { ...turn, plan: 'PLANNED before', planType: 'given' as const } : turn,
  );
  const { tools, asked } = stepTools(() => 'As you like.');
  const { record, counts } = await draftStep.work({ ...SCENE, turns }, tools);
  expect(asked).toHaveLength(3);
  expect(JSON.stringify(asked)).not.toContain('PLANNED');
  expect(counts).toMatchObject({ drafted: 0, 'no-split': 3, 'had a plan': 1 });
  expect(record?.turns.map(({ draft }) => draft)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each(Object.entries(HOSTILE_DRAFT))(
  'a drafter who %s leaves turns without a draft, and nothing fails',
  async (_what, answer) => {
    const { tools } = stepTools(({ request }) => answer(request.messages) ?? 'an unknown prompt');
    const { record, rejects, counts } = await draftStep.work(SCENE, tools);
    expect(record).toEqual(SCENE);
    expect(JSON.stringify(record)).not.toContain(REPLY);
    expect(rejects).toEqual([]);
    expect(counts).toMatchObject({ turns: 4, drafted: 0, 'no-split': 4 });
  },
);

test('the bot’s own layout is sent, without system thinking, a sheet of others or what they have in mind', async () => {
  const { tools, asked } = stepTools(({ request }) => teachDraft(request.messages) ?? 'an unknown prompt');
  await draftStep.work(SCENE, tools);
  expect(asked).toHaveLength(4);
  const [ofAda] = asked;
  const system = ofAda?.request.messages[0]?.content ?? '';
  expect(system).toMatch(/^You are Ada Crane\.\n\n===Ada Crane's Profile===\n/u);
  expect(system).toContain('I must be across before the office opens');
  expect(system).toContain('Perran Hale: A man who coils rope.');
  expect(system).not.toContain('I will not cross after dark again');
  expect(system).not.toMatch(/system.?thinking/iu);
  expect(ofAda?.request.messages[1]).toEqual({
    role: 'user',
    content: "===Conversation Start===\n\n(It is Ada Crane's turn.)",
  });
});

test('of a long scene the newest lines are sent, whole, and of a long sheet its beginning', async () => {
  const turns = Array.from({ length: 400 }, (_, id) => ({
    id,
    from: [id],
    speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
    text: `Line ${id} of a long evening, and nothing else in it.`,
  }));
  const characters = SCENE.characters.map((one) => ({ ...one, background: 'Long ago. '.repeat(2000) }));
  const { tools, asked } = stepTools(() => 'As you like.', {
    model: () => ({ name: 'small', contextSize: 8000, maxTokens: 2048, temperature: 0.7 }),
  });
  await draftStep.work({ ...SCENE, characters, turns }, tools);
  for (const [at, { request }] of asked.entries()) {
    const words = request.messages.map(({ content }) => content).join('\n');
    expect(words.length).toBeLessThan(8000 * 3);
    expect(words).not.toContain(`Line ${at} of`);
    if (at > 0) expect(words).toContain(`Line ${at - 1} of a long evening, and nothing else in it.`);
  }
  expect(
    asked
      .at(-1)
      ?.request.messages.map(({ content }) => content)
      .join('\n'),
  ).not.toContain('Line 3 of');
});
