import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { ferryContext, rewardHouse, turnOf } from './reward-house.ts';

const LONG = 'The boat stays where it is until the bell has rung twice.';
const sample = (response: string, change: Record<string, unknown> = {}) => ({
  reward_context: ferryContext(),
  response,
  ...change,
});

test('a rollout is held against the baseline in both orders', async () => {
  const house = await rewardHouse();
  const { scores, usage } = await house.score([
    sample(turnOf(LONG), { id: 'a' }),
    sample(turnOf('No.'), { reward_context: JSON.stringify(ferryContext()) }),
  ]);
  expect(scores).toMatchObject([
    { id: 'a', reward: 1, why: 'judged', pattern: 'act→speech' },
    { id: '1', reward: -1, why: 'judged' },
  ]);
  expect(scores[0]?.orders).toMatchObject([
    { shownFirst: 'rollout', better: 'rollout', principles: 'first-only' },
    { shownFirst: 'baseline', better: 'rollout' },
  ]);
  expect(usage).toMatchObject({ requests: 4 });
});

test('a judge that only looks at the order gives 0, and a tie in one order a half', async () => {
  const blind = await rewardHouse([], { judge: 'first-shown' });
  expect((await blind.score([sample(turnOf(LONG))])).scores).toMatchObject([{ reward: 0, why: 'judged' }]);
  const half = await rewardHouse([], { judge: (one) => (one.text.includes('bell') ? 'first' : 'tie') });
  expect((await half.score([sample(turnOf(LONG))])).scores).toMatchObject([{ reward: 0.5 }]);
});

test('the judge is shown no system thinking, and no thoughts but the speaker’s', async () => {
  const house = await rewardHouse();
  await house.score([
    sample(turnOf(`<role_thinking>ROLLOUT-THINKS</role_thinking>${LONG}`, 'PLAN-OF-THE-ROLLOUT')),
  ]);
  expect(house.double.prompts).toHaveLength(2);
  for (const { promptText } of house.double.prompts) {
    expect(promptText).not.toContain('PLAN-OF-THE-ROLLOUT');
    expect(promptText).not.toContain('ADA-THINKS');
    expect(promptText).toContain('PERRAN-THINKS');
    expect(promptText).toContain('ROLLOUT-THINKS');
  }
});

test('illegal turns are -1 and nobody is asked; the same as the baseline is 0', async () => {
  const house = await rewardHouse();
  const { baseline } = ferryContext();
  const { scores, usage } = await house.score([
    sample('Suit yourself.'),
    sample(`${turnOf(LONG)}\nAda Crane: Please.`),
    sample(''),
    sample(`<system_thinking>p</system_thinking>${baseline}`),
  ]);
  expect(scores).toMatchObject([
    { reward: -1, why: 'no-plan', orders: [], pattern: '' },
    { reward: -1, why: 'other-speaker', orders: [] },
    { reward: -1, why: 'empty', orders: [] },
    { reward: 0, why: 'identical', orders: [] },
  ]);
  expect(usage).toMatchObject({ requests: 0 });
  expect(house.double.prompts).toHaveLength(0);
});

test('--plan says what is legal', async () => {
  const house = await rewardHouse(['--plan', 'off']);
  const { scores } = await house.score([sample(LONG), sample(turnOf(LONG))]);
  expect(scores).toMatchObject([{ why: 'judged' }, { reward: -1, why: 'plan-not-asked-for' }]);
});

test('a baseline that is no turn leaves nothing to compare with: null', async () => {
  const house = await rewardHouse();
  const reward_context = { ...ferryContext(), baseline: 'He waits.\nAda Crane: Well?' };
  const { scores } = await house.score([sample(turnOf(LONG), { reward_context })]);
  expect(scores).toMatchObject([{ reward: null, why: 'baseline', orders: [] }]);
});

test('an answer that cannot be read is asked for once more, in its order alone', async () => {
  const house = await rewardHouse();
  house.double.reply('I like the first.');
  const { scores, usage } = await house.score([sample(turnOf(LONG))]);
  expect(scores).toMatchObject([{ reward: 1, why: 'judged' }]);
  expect(usage).toMatchObject({ requests: 3 });
});

test('what stays unread is null, is no 0, and may be asked for again', async () => {
  const house = await rewardHouse();
  house.double.reply('no', 'no', 'no', 'no');
  const { scores } = await house.score([sample(turnOf(LONG))]);
  expect(scores).toMatchObject([
    { reward: null, why: 'unread', orders: [{ better: null, missing: 'prose' }, {}] },
  ]);
  expect((await house.score([sample(turnOf(LONG))])).scores).toMatchObject([{ reward: 1 }]);
});

test('HER’s own reward model is asked in its layout', async () => {
  const house = await rewardHouse([], {}, { MODEL_JUDGE: 'HER-RM-32B' });
  const { scores } = await house.score([sample(turnOf(LONG))]);
  expect(scores).toMatchObject([{ reward: 1, why: 'judged' }]);
  expect(house.double.prompts[0]?.promptText).toContain('cand_1');
});

test('the same is judged once, whether it comes again, at the same time, or with another plan', async () => {
  const house = await rewardHouse();
  const { scores } = await house.score([
    sample(turnOf(LONG)),
    sample(turnOf(LONG, 'Another plan altogether')),
  ]);
  expect(scores.map(({ reward }) => reward)).toEqual([1, 1]);
  const again = await house.score([sample(turnOf(LONG))]);
  expect(again.scores).toMatchObject([{ reward: 1, why: 'judged' }]);
  expect(again.usage).toMatchObject({ requests: 0 });
  expect(house.double.prompts).toHaveLength(2);
});

test('the same seed asks the same, another start draws new fences', async () => {
  const asked = async (args: readonly string[]) => {
    const house = await rewardHouse(args);
    await house.score([sample(turnOf(LONG))]);
    return house.double.prompts.map(({ promptText }) => promptText).toSorted();
  };
  expect(await asked(['--seed', '7'])).toEqual(await asked(['--seed', '7']));
  expect(await asked([])).not.toEqual(await asked([]));
});

test('OpenRLHF’s contract', async () => {
  const house = await rewardHouse();
  const prompt = '<|im_start|>user\nWell?<|im_end|>\n<|im_start|>assistant\n';
  const ask = async (body: unknown): Promise<Record<string, unknown>> =>
    Object(await (await house.post('/get_reward', body)).json());
  const label = JSON.stringify(ferryContext());
  expect(
    await ask({ query: [`${prompt}${turnOf(LONG)}<|im_end|>`], prompts: [prompt], labels: [label] }),
  ).toEqual({
    rewards: [1],
    scores: [1],
    extra_logs: { grm_reward: [1], judged: [1], illegal: [0], dropped: [0], flipped: [0] },
  });
  expect(await ask({ query: [], prompts: [], labels: [] })).toMatchObject({ rewards: [], scores: [] });
  house.double.reply('no', 'no', 'no', 'no');
  const { scores, extra_logs } = await ask({
    query: [`${prompt}${turnOf(`${LONG} And that is that.`)}`, `${prompt}No.`],
    prompts: [prompt, prompt],
    labels: [label, label],
  });
  expect(scores).toEqual([-1_000_000, 0]);
  expect(extra_logs).toMatchObject({ dropped: [1, 0], illegal: [0, 1] });
});

test('bad requests are refused in words that name the sample', async () => {
  const house = await rewardHouse(['--max-mb', '1']);
  const refused = async (path: string, body: unknown, init: RequestInit = {}) => {
    const response = await house.post(path, body, init);
    const { error } = (await response.json()) as { error: { message: string } };
    return [response.status, error.message];
  };
  expect(await refused('/v1/score', '{')).toEqual([400, 'the body is no JSON']);
  expect(await refused('/v1/score', { samples: [{ response: 1 }] })).toMatchObject([400, /samples\[0\]/]);
  const bad = [sample(turnOf(LONG)), sample(turnOf(LONG), { reward_context: '{"format":2}' })];
  expect(await refused('/v1/score', { samples: bad })).toMatchObject([400, /^sample 1: reward_context: /]);
  const forbidden = ferryContext({ note: 'dramatis-origin: discord' });
  expect(await refused('/v1/score', { samples: [sample('', { reward_context: forbidden })] })).toEqual([
    400,
    'sample 0: reward_context: it came through Discord',
  ]);
  expect(await refused('/get_reward', { query: ['a'], prompts: ['b'], labels: [] })).toMatchObject([
    400,
    /length/,
  ]);
  expect(await refused('/v1/score', `"${'x'.repeat(1024 * 1024)}"`)).toMatchObject([413, /bytes/]);
  expect(await refused('/v2', {})).toMatchObject([404, /\/v1\/score/]);
  expect(await refused('/health', {})).toMatchObject([405, /GET/]);
  expect(await refused('/v1/score', {}, { headers: { origin: 'http://evil.example' } })).toMatchObject([
    403,
    /./,
  ]);
  expect(house.double.prompts).toHaveLength(0);
});

test('a key is asked for at all doors but /health', async () => {
  const house = await rewardHouse([], {}, { REWARD_KEY: 'sesame' });
  const status = async (path: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    return (await fetch(house.url + path, { headers })).status;
  };
  expect(await status('/v1/monitor')).toBe(401);
  expect(await status('/metrics', 'Bearer sesam')).toBe(401);
  expect(await status('/v1/monitor', 'Bearer sesame')).toBe(200);
  expect(await status('/health')).toBe(200);
  const basic = `Basic ${Buffer.from('trainer:sesame').toString('base64')}`;
  const headers = { authorization: basic };
  const body = JSON.stringify({ query: [], prompts: [], labels: [] });
  expect((await fetch(`${house.url}/get_reward`, { method: 'POST', body, headers })).status).toBe(200);
});

test('health, metrics and the monitor tell what went on', async () => {
  const house = await rewardHouse();
  const get = async (path: string) => fetch(house.url + path);
  expect(await (await get('/health')).json()).toMatchObject({
    status: 'ok',
    judge: { model: 'double-1', reachable: true },
    samples: { underWay: 0 },
  });
  await house.score([sample(turnOf(LONG)), sample('Suit yourself.'), sample(turnOf('No.'))]);
  await house.score([sample(turnOf(LONG))]);
  house.double.reply('no', 'no', 'no', 'no');
  await house.score([sample(turnOf('Not tonight.'))]);
  expect(await (await get('/v1/monitor')).json()).toMatchObject({
    ...{ n: 4, top1Share: 1, top1Pattern: 'act→speech', entropy: 0, distinct: 1, alarm: false },
  });
  const text = await (await get('/metrics')).text();
  for (const line of [
    'dramatis_reward_requests_total{route="/v1/score",status="200"} 3',
    'dramatis_reward_samples_total{source="judge"} 3',
    'dramatis_reward_samples_total{source="cache"} 1',
    'dramatis_reward_cache_hits_total 1',
    'dramatis_reward_illegal_total{why="no-plan"} 1',
    'dramatis_reward_null_total{why="unread"} 1',
    'dramatis_reward_reward_bucket{le="-1"} 2',
    'dramatis_reward_reward_count 4',
    'dramatis_reward_overhead_seconds_count 3',
    'dramatis_reward_top1_share 1',
    'dramatis_reward_in_flight 0',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('a judge that cannot be reached is told, and its samples are null', async () => {
  const house = await rewardHouse();
  await house.double.close();
  const reward = house.score([sample(turnOf(LONG))]);
  const health = await fetch(`${house.url}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ status: 'judge-unreachable' });
  expect((await reward).scores).toMatchObject([{ reward: null, why: 'judge-failed' }]);
});

test('the log has a line for each score and no text', async () => {
  const house = await rewardHouse(['--log', '@scores.jsonl']);
  await house.score([sample(turnOf(LONG), { id: 'a' }), sample('Suit yourself.')]);
  expect(await house.stop()).toBe(0);
  const lines = house.lines('scores.jsonl');
  expect(lines).toMatchObject([
    { reward: -1, why: 'no-plan', pattern: '' },
    {
      id: 'a',
      reward: 1,
      why: 'judged',
      pattern: 'act→speech',
      better: ['rollout', 'rollout'],
      source: 'judge',
    },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/bell|yourself|ferry/iu);
});

test('a port that is taken is one clear line', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const { io, err } = captureIo('', { env: { MODEL: 'm', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' } });
  expect(await runCli(['lab', 'reward', '--port', port], [listed('lab', lab)], io)).toBe(1);
  expect(err()).toBe(
    `dramatis lab: Cannot listen on 127.0.0.1:${port}: the port is taken; choose another with --port.\n`,
  );
  taken.close();
});
