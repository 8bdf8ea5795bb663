import { expect, test } from 'vitest';
import { RULES } from '../../../../src/lab/coser/protocol.ts';
import { roleModels } from '../../../../src/lab/eval/role-ask.ts';
import { createUseTally } from '../../../../src/lab/eval/role-use.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const one = labModel(answeringModel(), { price: { prompt: 10, cached: 1, completion: 100 } });
const free = labModel(answeringModel());

const call = (key: string, ms: number, served?: string) => ({
  ...{ key: key.padEnd(32, '0'), text: '', end: 'stop' as const, ...(served ? { served } : {}) },
  usage: {
    ...{ model: 'answering', promptTokens: 1000, cachedTokens: 400, completionTokens: 50 },
    ...{ msToFirst: 0, msToLast: ms },
  },
});

test('one model in four parts is counted in each, an answer once however often it is given', () => {
  const models = roleModels({ actor: one, director: one, narrator: one, judge: one });
  const use = createUseTally(models);
  for (const ms of [10, 20, 30, 40]) use.add('actor', call(`a${ms}`, ms, 'answering-0613'));
  use.add('actor', call('a10', 10));
  use.add(models.roleOf(models.judge), call('c1', 5));
  const { actor, judge, director } = use.roles(RULES.coser);
  expect(director).toBeUndefined();
  expect(judge).toMatchObject({ calls: 1, temperature: 0, maxTokens: 16_384 });
  expect(actor).toMatchObject({
    ...{ calls: 4, promptTokens: 4000, cachedTokens: 1600, completionTokens: 200, maxTokens: 512 },
    ...{ served: ['answering-0613'], latency: { p50: 20, p95: 40 } },
  });
  // 600 fresh, 400 cached, 50 written, four times.
  expect(actor?.cost).toBeCloseTo((4 * (600 * 10 + 400 * 1 + 50 * 100)) / 1e6, 10);
  expect(use.tokens).toBe(5 * 1050);
  expect(use.cost).toBeCloseTo((5 * 11_400) / 1e6, 10);
});

test('what has no price has no cost', () => {
  const use = createUseTally(roleModels({ actor: free, director: free, narrator: free, judge: free }));
  use.add('judge', call('c1', 5));
  expect(use.cost).toBeUndefined();
  expect(use.roles(RULES.fixed)['judge']).not.toHaveProperty('cost');
});

test('each part is known by its model, the judge that chooses among drafts too', () => {
  const models = roleModels({ actor: one, director: one, narrator: one, judge: one });
  const { actor, director, narrator, judge } = models.players;
  expect([actor, director, narrator, judge, models.judge].map((model) => models.roleOf(model))).toEqual([
    ...['actor', 'director', 'narrator', 'chooser', 'judge'],
  ]);
});
