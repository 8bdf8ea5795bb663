import { expect, test } from 'vitest';
import { ferryContext, type RewardHouse, rewardHouse, turnOf } from './reward-house.ts';

const LONG = 'The boat stays where it is until the bell has rung twice.';
const sample = (speech = LONG) => ({ reward_context: ferryContext(), response: turnOf(speech) });

/** A judge that answers nobody before it is told to. */
async function slowHouse(args: readonly string[] = []) {
  const gate = Promise.withResolvers<void>();
  const house = await rewardHouse(args, {
    script: async () => {
      await gate.promise;
      return undefined as never;
    },
  });
  return { house, answer: gate.resolve };
}

async function underWay({ url }: RewardHouse): Promise<number> {
  const health = (await (await fetch(`${url}/health`)).json()) as { samples: { underWay: number } };
  return health.samples.underWay;
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((next) => setTimeout(next, 10));
}

test('a client that leaves stops its judgements', async () => {
  const { house, answer } = await slowHouse();
  const leave = new AbortController();
  const asked = house.post('/v1/score', { samples: [sample()] }, { signal: leave.signal });
  await house.double.received(2);
  leave.abort();
  await expect(asked).rejects.toThrow();
  await Promise.all(house.double.prompts.map(({ closed }) => closed));
  expect(house.double.prompts.map(({ closedEarly }) => closedEarly)).toEqual([true, true]);
  await until(async () => (await underWay(house)) === 0);
  answer();
});

test('but not those that somebody else waits for, too', async () => {
  const { house, answer } = await slowHouse();
  const leave = new AbortController();
  const left = house.post('/v1/score', { samples: [sample()] }, { signal: leave.signal });
  await house.double.received(2);
  const stays = house.score([sample()]);
  await until(async () => (await underWay(house)) === 2);
  leave.abort();
  await expect(left).rejects.toThrow();
  await until(async () => (await underWay(house)) === 1);
  answer();
  expect((await stays).scores).toMatchObject([{ reward: 1, why: 'judged' }]);
  expect(house.double.prompts).toHaveLength(2);
});

test('a sample that takes too long is null, and its judgement is stopped', async () => {
  const { house, answer } = await slowHouse(['--timeout', '1']);
  const { scores } = await house.score([sample(), { ...sample(), response: 'No.' }]);
  expect(scores).toMatchObject([
    { reward: null, why: 'timeout' },
    { reward: -1, why: 'no-plan' },
  ]);
  await Promise.all(house.double.prompts.map(({ closed }) => closed));
  answer();
});

test('more than the queue holds is refused, with a time to come again', async () => {
  const { house, answer } = await slowHouse(['--queue', '2']);
  const first = house.score([
    sample(),
    sample('Another line that is longer than the baseline of the scene.'),
  ]);
  await house.double.received(4);
  const response = await house.post('/v1/score', { samples: [sample()] });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
  answer();
  expect((await first).scores.map(({ reward }) => reward)).toEqual([1, 1]);
  expect((await house.score([sample()])).scores).toMatchObject([{ reward: 1 }]);
});

test('at a stop those under way may end, and nobody new is taken', async () => {
  const { house, answer } = await slowHouse();
  const asked = house.score([sample()]);
  await house.double.received(2);
  const stopped = house.stop();
  await until(() => house.err().includes('stopping'));
  await expect(fetch(`${house.url}/health`)).rejects.toThrow();
  answer();
  expect((await asked).scores).toMatchObject([{ reward: 1 }]);
  expect(await stopped).toBe(0);
});

test('what does not end in time is given up, and the exit code says so', async () => {
  const { house, answer } = await slowHouse(['--grace', '0']);
  const asked = house.score([sample()]);
  await house.double.received(2);
  expect(await house.stop()).toBe(1);
  expect((await asked).scores).toMatchObject([{ reward: null, why: 'stopped' }]);
  expect(house.err()).toContain('1 samples were given up');
  answer();
});
