import { expect, test } from 'vitest';
import { WHOLE } from '../../../../src/lab/coser/protocol.ts';
import { readScenes } from '../../../../src/lab/coser/read-scenes.ts';
import { type PlanInput, planEval } from '../../../../src/lab/eval/plan.ts';
import { ourPrompts } from '../../../../src/lab/prompts/ours.ts';
import { evalScenes } from '../../../integration/lab/eval-scenes.ts';

const { scenes } = readScenes(JSON.stringify(evalScenes(4)));
const price = { prompt: 1, cached: 1, completion: 2 };
const input: PlanInput = {
  scenes,
  protocol: 'fixed',
  prompts: ourPrompts(),
  ablation: WHOLE,
  maxRounds: 20,
  continueFrom: 0,
  choice: 'model',
  times: 1,
  judgeOnly: false,
  models: {
    actor: { name: 'a', price },
    director: { name: 'd' },
    narrator: { name: 'n' },
    judge: { name: 'j', price },
  },
};

test('each round has a turn and a choice, each scene four judgements', () => {
  const { calls, roles } = planEval(input);
  expect(calls).toBe(4 * (20 * 2 + 4));
  expect((roles['actor']?.calls ?? 0) + (roles['narrator']?.calls ?? 0)).toBe(80);
  expect(roles['director']).toMatchObject({ calls: 80, model: 'd' });
});

test('the price is that of the models that have one', () => {
  const { cost, roles } = planEval(input);
  const { actor, judge, director } = roles;
  const of = (one: typeof actor) => ((one?.promptTokens ?? 0) + 2 * (one?.completionTokens ?? 0)) / 1e6;
  expect(director).not.toHaveProperty('cost');
  expect(cost).toBeCloseTo(of(actor) + of(judge), 4);
  const free = { ...input.models, actor: { name: 'a' }, judge: { name: 'j' } };
  expect(planEval({ ...input, models: free })).not.toHaveProperty('cost');
});

test.each<[string, Partial<PlanInput>, Record<string, number>]>([
  ['three times', { times: 3 }, { judge: 48 }],
  ['no choice to make', { choice: 'random' }, { director: 0 }],
  ['half of it given', { continueFrom: 4 }, { director: 64 }],
  ['only judged', { judgeOnly: true }, { actor: 0, director: 0, narrator: 0, judge: 16 }],
])('%s', (_name, change, expected) => {
  const { roles } = planEval({ ...input, ...change });
  for (const [role, calls] of Object.entries(expected)) expect(roles[role]?.calls ?? 0).toBe(calls);
});

test('drafts to choose from cost more, plans and thoughts that are left out less', () => {
  const tokens = (ablation: PlanInput['ablation']) => planEval({ ...input, ablation }).tokens;
  expect(tokens({ ...WHOLE, bestOf: 4 })).toBeGreaterThan(2 * tokens(WHOLE));
  expect(tokens({ ...WHOLE, plan: false })).toBeLessThan(tokens(WHOLE));
  expect(tokens({ ...WHOLE, thoughts: false })).toBeLessThan(tokens(WHOLE));
});
