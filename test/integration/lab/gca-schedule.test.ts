import { expect, onTestFinished, test } from 'vitest';
import { openBenchModels, runOurs } from '../../../bench/gca/eval-run.ts';
import { startModelServer } from '../../../bench/gca/model-server.ts';
import { runAsTheReference } from '../../../bench/gca/reference-schedule.ts';
import { generatedScenes } from '../../../bench/gca/scenes.ts';
import { idealMs, oneAfterAnotherMs } from '../../../bench/gca/service-times.ts';

/** Scenes in which the Environment answers more often take longer. */
const QUICK = { actor: 4, narrator: 40, director: 2, judge: 10 };

async function bench(concurrency: number) {
  const server = await startModelServer(QUICK);
  onTestFinished(() => server.close());
  return { server, models: openBenchModels(server.url, concurrency) };
}

test('a run keeps to its limit, judges a scene the moment it ends and asks nothing twice', async () => {
  const { server, models } = await bench(3);
  const result = await runOurs(generatedScenes(5), models, 6);
  expect(result.failed).toEqual([]);
  expect(result.cases.map(({ rounds, invalid }) => ({ rounds, invalid }))).toEqual(
    Array.from({ length: 5 }, () => ({ rounds: 6, invalid: false })),
  );
  const kinds = server.log.map(({ kind, what }) => `${kind} ${what}`);
  expect(kinds.indexOf('judge asked')).toBeLessThan(kinds.lastIndexOf('director asked'));
  const { asked, peak, connections } = server.counts();
  expect({ ...asked, actor: asked.actor + asked.narrator, narrator: 0 }).toEqual({
    ...{ actor: 5 * 6, narrator: 0, director: 5 * 6, judge: 5 * 4 },
  });
  expect(peak).toBeLessThanOrEqual(3);
  expect(connections).toBeLessThanOrEqual(3);
});

test('the schedule beside it asks the same, and judges once all is played', async () => {
  const { server, models } = await bench(2);
  await runAsTheReference(generatedScenes(4), models, 2, 5);
  const kinds = server.log.map(({ kind, what }) => `${kind} ${what}`);
  expect(kinds.indexOf('judge asked')).toBeGreaterThan(kinds.lastIndexOf('director answered'));
  const { asked, peak } = server.counts();
  expect(asked.actor + asked.narrator + asked.director + asked.judge).toBe(4 * (5 + 5 + 4));
  expect(peak).toBe(2);
});

test('the least that a run can take', () => {
  const asked = { actor: 3000, narrator: 1000, director: 4000, judge: 800 };
  expect(oneAfterAnotherMs(asked)).toBe(1_600_000);
  expect([64, 100, 200, 800].map((concurrency) => idealMs(asked, 20, concurrency))).toEqual([
    25_000, 16_000, 8_000, 6_500,
  ]);
});
