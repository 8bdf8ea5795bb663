import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ferryContext, type RewardHouse, rewardHouse, turnOf } from './reward-house.ts';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../../training/adapters/', import.meta.url));
const hasPython = await run('python3', ['--version']).then(
  () => true,
  () => false,
);
if (!hasPython) process.stderr.write('python3 is not there: the adapters of training/ are not tested\n');

const LONG = 'The boat stays where it is until the bell has rung twice.';

/** Runs a line of Python beside the adapters, with `given` from JSON, and gives back what it prints as JSON. */
async function python(
  line: string,
  given: unknown,
  { url }: Pick<RewardHouse, 'url'>,
  key = '',
): Promise<unknown> {
  const code = `import asyncio, json, sys; sys.path.insert(0, ${JSON.stringify(FOLDER)}); given = json.loads(sys.argv[1])\n${line}`;
  const env = { ...process.env, REWARD_URL: url, REWARD_KEY: key, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await run('python3', ['-c', code, JSON.stringify(given)], { env });
  return JSON.parse(stdout);
}

const context = JSON.stringify(ferryContext());
const other = JSON.stringify(ferryContext({ note: 'The night before he had promised nobody anything.' }));

test.skipIf(!hasPython)('verl: one sample at a time, with figures of the same keys', async () => {
  const house = await rewardHouse([], {}, { REWARD_KEY: 'sesame' });
  const line = `from verl_reward import compute_score
print(json.dumps([asyncio.run(compute_score("her_roleplay", one, "", {"reward_context": given[1], "index": 3}, reward_router_address=None)) for one in given[0]]))`;
  expect(await python(line, [[turnOf(LONG), 'Suit yourself.'], context], house, 'sesame')).toEqual([
    { score: 1, judged: 1, illegal: 0 },
    { score: -1, judged: -1, illegal: 1 },
  ]);
});

test.skipIf(!hasPython)(
  'verl: what has no verdict is NaN, by which filter_groups drops its group',
  async () => {
    const house = await rewardHouse([], { script: () => 'I like the first.' });
    const line = `import time; time.sleep = lambda seconds: None
from verl_reward import compute_score
print(json.dumps(str(asyncio.run(compute_score("her_roleplay", given[0], "", {"reward_context": given[1]})))))`;
    expect(await python(line, [turnOf(LONG), context], house)).toBe(
      "{'score': 0.0, 'judged': nan, 'illegal': 0.0}",
    );
  },
);

test.skipIf(!hasPython)('TRL: texts or conversations, rewards in their order', async () => {
  const house = await rewardHouse();
  const line = `from trl_reward import her_reward
print(json.dumps(her_reward(prompts=[], completions=given[0], completion_ids=[], reward_context=given[1], trainer_state=None)))`;
  const completions = [[{ role: 'assistant', content: turnOf(LONG) }], turnOf('No.')];
  expect(await python(line, [completions, [context, context]], house)).toEqual([1, -1]);
});

test.skipIf(!hasPython)(
  'TRL: a sample without a verdict gets its group’s mean, so no advantage',
  async () => {
    const house = await rewardHouse([], {
      script: ({ promptText }) => (promptText.includes('UNREADABLE') ? 'well' : undefined),
    });
    const line = `import time; time.sleep = lambda seconds: None
from trl_reward import her_reward
print(json.dumps(her_reward(given[0], given[1])))`;
    const broken = turnOf(`UNREADABLE ${LONG}`);
    expect(
      await python(
        line,
        [
          [turnOf(LONG), turnOf('No.'), turnOf(`${LONG} Go.`), broken, broken],
          [context, context, context, context, other],
        ],
        house,
      ),
    ).toEqual([1, -1, 1, 1 / 3, null]);
  },
);

test.skipIf(!hasPython)('ms-swift: a class that swift makes and calls', async () => {
  const house = await rewardHouse();
  const line = `from swift_orm import HerReward
print(json.dumps(HerReward(args=None)(given[0], reward_context=given[1], messages=[])))`;
  expect(
    await python(
      line,
      [
        [turnOf(LONG), 'No.'],
        [context, context],
      ],
      house,
    ),
  ).toEqual([1, -1]);
});

test.skipIf(!hasPython)('a server that is busy or away is asked again, one that refuses is not', async () => {
  const house = await rewardHouse([], {}, { REWARD_KEY: 'sesame' });
  const line = `import time, urllib.request, io
slept, opened, calls = [], urllib.request.urlopen, []
time.sleep = slept.append
def urlopen(request, timeout):
    calls.append(request)
    if len(calls) < 3: raise urllib.error.HTTPError(request.full_url, 429, "busy", {}, io.BytesIO())
    return opened(request, timeout=timeout)
urllib.request.urlopen = urlopen
from trl_reward import her_reward
try:
    told = her_reward(given[0], given[1])
except OSError as error:
    told = error.code
print(json.dumps([told, len(calls), slept]))`;
  const given = [[turnOf(LONG)], [context]];
  expect(await python(line, given, house, 'sesame')).toEqual([[1], 3, [0.5, 1]]);
  expect(await python(line, given, house, 'wrong')).toEqual([401, 3, [0.5, 1]]);
});
