import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { openJudges, openLabModels } from '../../../../src/cli/lab/open-lab-models.ts';
import { readEnvironment } from '../../../../src/config/environment.ts';
import { startModelDouble } from '../../../doubles/model/model-double.ts';

const { signal } = new AbortController();
const ROLES = ['actor', 'director', 'narrator', 'judge', 'user'] as const;

function settingsOf(env: Readonly<Record<string, string>>, modelsYaml = '') {
  const file = join(mkdtempSync(join(tmpdir(), 'dramatis-models-')), 'models.yaml');
  writeFileSync(file, modelsYaml);
  return readEnvironment(env, file);
}

async function opened(
  settings: ReturnType<typeof settingsOf>,
  names: { readonly [Role in (typeof ROLES)[number]]?: string } = {},
) {
  const models = await openLabModels(settings, { roles: ROLES, names, concurrency: undefined }, signal);
  return ROLES.map((role) => `${role} ${models[role].model.name} ${models[role].endpoint}`);
}

const HERE = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', MODEL: 'all' };

describe('models of the lab', () => {
  test('are those of the settings, each role its own', async () => {
    const settings = settingsOf({
      ...HERE,
      MODEL_JUDGE: 'critic',
      MODEL_JUDGE_URL: 'http://127.0.0.1:2/v1/',
      MODEL_USER: 'player',
    });
    expect(await opened(settings)).toEqual([
      'actor all http://127.0.0.1:1/v1',
      'director all http://127.0.0.1:1/v1',
      'narrator all http://127.0.0.1:1/v1',
      'judge critic http://127.0.0.1:2/v1',
      'user player http://127.0.0.1:1/v1',
    ]);
  });

  test('are others by their names, or by an id that is offered', async () => {
    const settings = settingsOf(
      HERE,
      'offered:\n  - id: big\n    name: big-70b\n    baseUrl: http://127.0.0.1:3/v1\n',
    );
    expect(await opened(settings, { actor: 'tiny', judge: 'big' })).toEqual([
      'actor tiny http://127.0.0.1:1/v1',
      'director all http://127.0.0.1:1/v1',
      'narrator all http://127.0.0.1:1/v1',
      'judge big-70b http://127.0.0.1:3/v1',
      'user all http://127.0.0.1:1/v1',
    ]);
  });

  test('need one to be set', async () => {
    await expect(opened(settingsOf({}))).rejects.toThrow(BadUse);
  });

  test('at one endpoint share its limit, which may be set for this once', async () => {
    let [underWay, peak] = [0, 0];
    const two = Promise.withResolvers<void>();
    const double = await startModelDouble({
      models: ['served-1'],
      script: async () => {
        underWay += 1;
        peak = Math.max(peak, underWay);
        if (underWay === 2) two.resolve();
        await two.promise;
        underWay -= 1;
        return 'Aye.';
      },
    });
    onTestFinished(() => double.close());
    const settings = settingsOf({ OPENAI_BASE_URL: double.url });
    const models = await openLabModels(settings, { roles: ROLES, names: {}, concurrency: 2 }, signal);
    const request = { messages: [{ role: 'user', content: 'a' } as const], maxTokens: 10, temperature: 0 };
    const answers = await Promise.all(
      ROLES.flatMap((role) => [1, 2].map(() => models[role].ask(request, signal))),
    );
    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => 'Aye.'));
    expect(peak).toBe(2);
    // The endpoint was asked once what it serves.
    expect(double.requests.filter(({ path }) => path === '/v1/models')).toHaveLength(1);
    expect(double.prompts.every(({ body }) => body.model === 'served-1')).toBe(true);
  });
});

test('judges are as many as are named, each once', async () => {
  const asked = { names: ['one', 'two', 'one'], concurrency: undefined };
  const { judges, concurrency } = await openJudges(settingsOf(HERE), asked, signal);
  expect(judges.map(({ model }) => model.name)).toEqual(['one', 'two']);
  expect(concurrency).toBe(4);
});
