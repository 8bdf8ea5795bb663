import { expect, test } from 'vitest';
import { openQuickBench } from '../../../../src/cli/lab/open-quick-bench.ts';
import { readEnvironment } from '../../../../src/config/environment.ts';
import { startModelDouble } from '../../../doubles/model/model-double.ts';
import { canaryBench } from '../../../e2e/discord/bench/canary-bench.ts';

const signal = new AbortController().signal;
const HOUSE = { onProgress() {}, giveWay: async () => {} };

test('without a model it says what to set', async () => {
  const bench = openQuickBench(readEnvironment({}));
  await expect(bench.plan(signal)).rejects.toThrow(/Set MODEL, and OPENAI_BASE_URL/);
  await expect(bench.run(HOUSE, signal)).rejects.toThrow(/Set MODEL/);
});

test('the models of the settings play three scenes that ship', async () => {
  const double = await startModelDouble({
    script: (request) => (request.promptText.includes('"flaws"') ? '{"flaws": []}' : undefined),
  });
  try {
    const bench = openQuickBench(
      readEnvironment({ OPENAI_BASE_URL: double.url, MODEL: 'double-1', MODEL_JUDGE: 'double-2' }),
    );
    const plan = await bench.plan(signal);
    expect(plan).toMatchObject({ scenes: 3, rounds: 6, actor: 'double-1', judge: 'double-2' });
    expect(double.prompts).toHaveLength(0);
    const told: number[] = [];
    let ways = 0;
    const scores = await bench.run(
      {
        onProgress: ({ answered }) => told.push(answered),
        async giveWay() {
          ways += 1;
        },
      },
      signal,
    );
    expect(ways).toBe(double.prompts.length);
    expect(scores).toMatchObject({ scenes: 3, rounds: 6, actor: 'double-1', judge: 'double-2', leaks: 0 });
    expect(scores.calls).toBeLessThanOrEqual(plan.calls);
    expect(told.at(-1)).toBe(scores.calls);
    expect(JSON.stringify(scores)).not.toContain('CANARY');
  } finally {
    await double.close();
  }
});

test('it writes nothing down: where no file can be written it runs all the same', async () => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = '/nowhere/at/all';
  const { bench, letGo } = canaryBench();
  try {
    expect(await bench.run(HOUSE, signal)).toMatchObject({ scenes: 2, invalid: 0 });
  } finally {
    letGo();
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
});

test.each([
  ['players', () => true],
  ['a judge', (prompt: string) => prompt.includes('"flaws"')],
])('where no scene comes to its end it says why: %s that an endpoint refuses', async (_, refuses) => {
  const double = await startModelDouble({
    script: ({ promptText }) =>
      refuses(promptText) ? { fault: 'status', status: 404, body: {} } : undefined,
  });
  try {
    const bench = openQuickBench(readEnvironment({ OPENAI_BASE_URL: double.url, MODEL: 'double-1' }));
    await expect(bench.run(HOUSE, signal)).rejects.toThrow(/no such address.*most end in \/v1/);
  } finally {
    await double.close();
  }
});
