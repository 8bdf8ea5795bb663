import { expect, test } from 'vitest';
import { planStep } from '../../../../../src/lab/synth/plan/plan-step.ts';
import { HOSTILE_PLAN, teachPlan } from '../../../../doubles/teacher/plan.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { type Asked, stepTools } from '../../../../support/synth/tools.ts';

const SCENE = sampleConversation();
const good = ({ request }: Asked) => teachPlan(request.messages) ?? '';
const wordsOf = ({ request }: Asked) => request.messages.map(({ content }) => content).join('\n');

test('every turn of a character gets a plan of its own', async () => {
  const { tools, asked } = stepTools(good);
  const { record, rejects, counts } = await planStep.work(SCENE, tools);
  expect(asked).toHaveLength(2);
  expect(rejects).toEqual([]);
  expect(counts).toMatchObject({ turns: 4, 'type C': 4, 'asked again': 0 });
  for (const turn of record?.turns ?? []) {
    expect(turn.plan === undefined).toBe(turn.speaker === 'Environment');
    if (turn.plan !== undefined) expect(turn.plan).toContain(turn.speaker);
  }
});

test('drafts are kept where they are in the third person, and told apart by us, not by the model', async () => {
  const kept =
    `Ada has walked all night and will not say so. ${'She offers the price first, as if it were nothing. '.repeat(6)}`.trim();
  const turns = SCENE.turns.map((turn) => {
    if (turn.id === 0) return { ...turn, draft: kept };
    return turn.id === 3
      ? { ...turn, draft: 'I am cold and I am late, and my coat weighs more than I do. I will wait.' }
      : turn;
  });
  const { tools, asked } = stepTools(good);
  const { record, counts } = await planStep.work({ ...SCENE, turns }, tools);
  expect(counts).toMatchObject({ 'type A': 1, 'type B': 1, 'type C': 2 });
  expect(record?.turns[0]).toMatchObject({ plan: kept, planType: 'A', draft: kept });
  expect(record?.turns[3]?.planType).toBe('B');
  expect(asked.map(wordsOf).join('\n')).toContain('#3 Type B: the draft is in the voice of the character');
});

test('who plans for one reads what others did and said, not what they thought or have in mind', async () => {
  const { tools, asked } = stepTools(good);
  await planStep.work(SCENE, tools);
  const ofAda = asked.map(wordsOf).find((text) => text.includes('The character: Ada Crane')) ?? '';
  expect(ofAda).toContain('Tide’s wrong till four');
  expect(ofAda).not.toContain('She has run the last mile');
  expect(ofAda).not.toContain('I will not cross after dark again');
});

test('no plan of an earlier turn is in what is asked, and a given one is kept', async () => {
  const turns = SCENE.turns.map((turn) =>
    turn.id === 0 ? { ...turn, plan: 'GIVEN by the author', planType: 'given' as const } : turn,
  );
  const { tools, asked } = stepTools(good);
  const { record, counts } = await planStep.work({ ...SCENE, turns }, tools);
  expect(asked.map(wordsOf).join('\n')).not.toContain('GIVEN');
  expect(record?.turns[0]).toMatchObject({ plan: 'GIVEN by the author', planType: 'given' });
  expect(counts).toMatchObject({ turns: 3, 'had a plan': 1 });
});

test('what cannot be used is asked for again, then made anew, then named', async () => {
  const draft = 'Perran would refuse, and would not say why. '.repeat(6).trim();
  const turns = SCENE.turns.map((turn) => (turn.id === 1 ? { ...turn, draft } : turn));
  const { tools, asked } = stepTools((one) => {
    const answer = JSON.parse(good(one)) as { plans: { turn: number; plan: string }[] };
    return JSON.stringify({
      plans: answer.plans.map((plan) =>
        plan.turn === 1 ? { ...plan, plan: 'The user wants a refusal.' } : plan,
      ),
    });
  });
  const { record, rejects, counts } = await planStep.work({ ...SCENE, turns }, tools);
  expect(rejects).toEqual([{ why: 'plan-user', turn: 1, character: 'Perran Hale' }]);
  expect(record?.turns[1]?.plan).toBeUndefined();
  expect(record?.turns[4]?.plan).toContain('Perran');
  expect(counts).toMatchObject({ 'asked again': 1, 'made anew': 1 });
  const ofPerran = asked.map(wordsOf).filter((text) => text.includes('The character: Perran'));
  expect(ofPerran).toHaveLength(3);
  expect(ofPerran[1]).toContain('#1 Type A');
  expect(ofPerran[1]).toContain('It speaks of a user; there is none.');
  expect(ofPerran[2]).toContain('#1 Type C');
});

test.each([
  ['prose', 'Here are the plans you asked for.', 'not-there'],
  ['nothing', '', 'not-there'],
  ['numbers that were not asked for', '{"plans": [{"turn": 77, "plan": "Ada waits."}]}', 'other-numbers'],
])('an answer of %s leaves every turn named', async (_what, answer, why) => {
  const { tools, asked } = stepTools(() => answer);
  const { record, rejects } = await planStep.work(SCENE, tools);
  expect(record?.turns).toEqual(SCENE.turns);
  expect(rejects.map((one) => [one.why, one.turn]).toSorted()).toEqual(
    [0, 1, 3, 4].map((turn) => [`plan-${why}`, turn]),
  );
  // The same words get another throw: else the third would be the second over again.
  expect(asked.map(({ take }) => take).toSorted()).toEqual([1, 1, 2, 2, 3, 3]);
});

test('quotation marks that a model forgot to escape lose nothing', async () => {
  const { tools } = stepTools((one) => {
    const answer = JSON.parse(good(one)) as { plans: { turn: number; plan: string }[] };
    return `{"plans": [${answer.plans.map(({ turn, plan }) => `{"turn": ${turn}, "plan": "${plan.replace('Drafting:', 'The tone is "dry".').replaceAll('\n', '\\n')}"}`).join(', ')}]}`;
  });
  const { record, rejects } = await planStep.work(SCENE, tools);
  expect(rejects).toEqual([]);
  expect(record?.turns[0]?.plan).toContain('The tone is "dry".');
});

test.each(Object.entries(HOSTILE_PLAN))(
  'of a teacher who %s nothing is taken, and every turn is named',
  async (_what, answer) => {
    const { tools } = stepTools(({ request }) => answer(request.messages) ?? 'an unknown prompt');
    const { record, rejects } = await planStep.work(SCENE, tools);
    expect(record?.turns).toEqual(SCENE.turns);
    expect(rejects.map(({ turn = -1 }) => turn).toSorted()).toEqual([0, 1, 3, 4]);
    expect(rejects.every(({ why }) => why.startsWith('plan-'))).toBe(true);
  },
);

test('what fails once and is mended when its fault is told is taken, with the type of its draft', async () => {
  const { tools, asked } = stepTools((one) =>
    (wordsOf(one).includes('A first attempt could not be used') ? good : spoilt)(one),
  );
  const { rejects, counts } = await planStep.work(SCENE, tools);
  expect(rejects).toEqual([]);
  expect(counts).toMatchObject({ 'asked again': 4, 'made anew': 0 });
  expect(asked).toHaveLength(4);
});

const spoilt = ({ request }: Asked) => HOSTILE_PLAN['is short'](request.messages) ?? '';

test('a turn that cannot be taken apart is named, and nobody is asked for it', async () => {
  const turns = SCENE.turns.map((turn) =>
    turn.id === 3 ? { ...turn, text: '<system_thinking>a plan</system_thinking>Then I wait.' } : turn,
  );
  const { tools, asked } = stepTools(good);
  const { record, rejects } = await planStep.work({ ...SCENE, turns }, tools);
  expect(rejects).toEqual([{ why: 'layers-unclear', turn: 3, character: 'Ada Crane' }]);
  expect(record?.turns[0]?.plan).toBeDefined();
  expect(asked.map(wordsOf).join('\n')).not.toContain('#3 ');
});

test('many turns with long drafts are asked for in several calls, each of which has room for its answer', async () => {
  const draft =
    'Ada would rather wait than show that she is in a hurry, and so the price comes first. '.repeat(50);
  const turns = Array.from({ length: 40 }, (_, id) => ({
    id,
    from: [id],
    speaker: 'Ada Crane',
    text: `Number ${id} is what I say.`,
    draft,
  }));
  const { tools, asked } = stepTools(good, {
    model: () => ({ name: 'small', contextSize: 16_000, maxTokens: 4096, temperature: 0.7 }),
  });
  const { record, rejects } = await planStep.work({ ...SCENE, turns }, tools);
  expect(rejects).toEqual([]);
  expect(record?.turns.map(({ planType }) => planType)).toEqual(turns.map(() => 'A'));
  for (const { request } of asked) {
    const sent = request.messages.reduce((sum, { content }) => sum + content.length, 0);
    const turnsAsked = wordsOf({ request, role: 'teacher', take: 1 }).match(/^#\d+ Type/gmu)?.length ?? 0;
    expect(sent / 3 + (request.maxTokens ?? 0)).toBeLessThan(16_000);
    expect((request.maxTokens ?? 0) * 2.5).toBeGreaterThan(turnsAsked * draft.length);
  }
});
