import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/judge/stats/random.ts';
import { holdFolder } from '../../../src/lab/folder/hold-folder.ts';
import { answerTo, type SelfplayHouse, seed, selfplayHouse } from './selfplay-house.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
/** `KILLS=40 vitest run …` is the long form. */
const KILLS = Number(process.env['KILLS'] ?? 3);

/** Answers that take their time, so that some are always on their way. */
const slowHouse = () =>
  selfplayHouse((request) => {
    const text = answerTo(request);
    return typeof text === 'string' ? { text, pauseMs: 3, deltaLength: 1000 } : undefined;
  });

function flags(house: SelfplayHouse): string[] {
  const data = house.file('seeds.jsonl', [seed('north'), seed('south'), seed('east')]);
  return ['--data', data, '--turns', '8', '--chunk', '4', '--runs', '2'];
}

function answered(house: SelfplayHouse): number {
  const path = house.path('out/calls.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

const figuresIn = (path: string) => {
  const { figures, cases } = JSON.parse(readFileSync(path, 'utf8'));
  return { figures, cases };
};

test(`killed ${KILLS} times: nothing that was answered is asked again, and the results are the same`, async () => {
  const house = await slowHouse();
  const { double, env } = house;
  const args = flags(house);
  expect((await house.run([...args, '--out', house.path('whole')])).code).toBe(0);
  const all = double.prompts.length;

  const random = createRandom(7);
  let lost = 0;
  const start = () => {
    const child = spawn(
      process.execPath,
      [CLI, 'lab', 'eval', 'selfplay', ...args, '--out', house.path('out')],
      {
        env: { ...process.env, ...env },
        stdio: 'ignore',
      },
    );
    return { child, exit: once(child, 'exit') };
  };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [seen, kept] = [double.prompts.length, answered(house)];
    const until = seen + 1 + Math.floor(random() * Math.max(1, Math.floor((all - kept) / 2)));
    const { child, exit } = start();
    await Promise.race([double.received(until), exit]);
    child.kill('SIGKILL');
    await exit;
    lost += double.prompts.length - seen - (answered(house) - kept);
  }
  expect(await start().exit).toEqual([0, null]);

  expect(double.prompts.length - all).toBe(all + lost);
  expect(answered(house)).toBe(all);
  expect(figuresIn(house.path('out/results.json'))).toEqual(figuresIn(house.path('whole/results.json')));
  expect(readFileSync(house.path('out/transcripts.jsonl'), 'utf8')).toBe(
    readFileSync(house.path('whole/transcripts.jsonl'), 'utf8'),
  );
}, 120_000);

test('a finished folder asks nothing more, goes on with more runs, and refuses other settings', async () => {
  const house = await selfplayHouse();
  const args = [...flags(house), '--out', house.path('out')];
  await house.run(args);
  const first = house.double.prompts.length;
  await house.run(args);
  expect(house.double.prompts).toHaveLength(first);
  const more = args.map((arg, at) => (args[at - 1] === '--runs' ? '3' : arg));
  expect((await house.run(more)).code).toBe(0);
  expect(house.double.prompts).toHaveLength(first * 1.5);
  const other = await house.run([...args, '--seed', '1']);
  expect(other).toMatchObject({ code: 1 });
  expect(other.err).toContain('begun with other settings: seed was 0, now 1');
});

test('a folder is one run’s at a time', async () => {
  const house = await selfplayHouse();
  const args = [...flags(house), '--out', house.path('out')];
  {
    using _held = holdFolder(house.path('out'));
    const { code, err } = await house.run(args);
    expect(code).toBe(1);
    expect(err).toContain('is in use by another run');
  }
  expect((await house.run(args)).code).toBe(0);
});

test('a judge whose key is refused ends the run with one line; what was played is kept', async () => {
  let refuses = true;
  const house = await selfplayHouse((request) =>
    refuses && request.body.model === 'judge-1'
      ? { fault: 'status', status: 401, body: { error: { message: 'no', code: 'invalid_api_key' } } }
      : undefined,
  );
  const args = [...flags(house), '--out', house.path('out')];
  const { code, err } = await house.run(args);
  expect(code).toBe(1);
  expect(err).not.toContain('mistake of ours');
  const kept = answered(house);
  expect(kept).toBeGreaterThan(0);
  refuses = false;
  const before = house.double.prompts.length;
  expect((await house.run(args)).code).toBe(0);
  expect(house.double.prompts.length - before).toBe(answered(house) - kept);
});

test('a dialogue that its endpoint will not have is told of; the others count', async () => {
  const house = await selfplayHouse((request) =>
    request.body.model === 'actor-1' && request.promptText.includes('ferrywoman of south')
      ? { fault: 'status', status: 400, body: { error: { message: 'too long' } } }
      : undefined,
  );
  const { code, out } = await house.run([...flags(house), '--out', house.path('out'), '--json']);
  expect(code).toBe(0);
  const { failed, cases } = JSON.parse(out);
  expect(failed.map(({ id }: { id: string }) => id)).toEqual(['south/run_1', 'south/run_2']);
  expect(cases).toHaveLength(4);
});
