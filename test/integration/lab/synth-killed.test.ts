import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/judge/stats/random.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import { teach } from '../../doubles/teacher/teacher.ts';
import { type SynthHouse, synthHouse } from './synth-house.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
const SHIPPED = fileURLToPath(new URL('../../../benchmarks/coser/scenes.json', import.meta.url));
/** `KILLS=40 vitest run …` is the long form. */
const KILLS = Number(process.env['KILLS'] ?? 3);
const AT_ONCE = 8;

/** An answer that takes its time, so that some are always on their way. */
const slowly = ({ body }: RecordedRequest) => {
  const text = teach(body.messages ?? []);
  return text === undefined ? undefined : { text, pauseMs: 3, deltaLength: 100_000 };
};

function start(house: SynthHouse, args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, 'lab', 'synth', ...args], {
    env: { ...process.env, ...house.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  return { child, exit: once(child, 'exit'), err: () => err };
}

/** Lines of the journal that are whole. */
function answered(house: SynthHouse): number {
  const path = house.path('out/calls.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

const FILES = ['1-load', '2-think', '3-reorder', '4-draft', '5-plan', '6-setting', '7-validate'].flatMap(
  (name) => [`${name}.jsonl`, `${name}.rejects.jsonl`],
);

test(`killed ${KILLS} times: nothing that was answered is asked again, and the files are the same`, async () => {
  const house = await synthHouse({ script: slowly });
  const { double } = house;
  const args = [SHIPPED, '--limit', '4', '--concurrency', String(AT_ONCE), '--out'];
  expect((await house.run(['synth', ...args, house.path('whole')])).code).toBe(0);
  const all = double.prompts.length;

  const random = createRandom(20);
  let lost = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [seen, kept] = [double.prompts.length, answered(house)];
    // Somewhere in what is left to do, its first request and its last among it.
    const until = seen + 1 + Math.floor(random() * Math.max(1, Math.floor((all - kept) / 2)));
    const { child, exit } = start(house, [...args, house.path('out')]);
    await Promise.race([double.received(until), exit]);
    child.kill('SIGKILL');
    await exit;
    const underWay = double.prompts.length - seen - (answered(house) - kept);
    // Those in flight, and those whose answers were on their way into the journal.
    expect(underWay).toBeLessThanOrEqual(2 * AT_ONCE);
    lost += underWay;
  }
  const last = start(house, [...args, house.path('out')]);
  expect(await last.exit).toEqual([0, null]);

  const asked = double.prompts.slice(all).map(({ body }) => JSON.stringify(body));
  expect(asked).toHaveLength(all + lost);
  expect(new Set(asked).size).toBe(all);
  for (const file of FILES) {
    expect([file, readFileSync(house.path(`out/${file}`), 'utf8')]).toEqual([
      file,
      readFileSync(house.path(`whole/${file}`), 'utf8'),
    ]);
  }
}, 180_000);

// A process may be told to write no file beyond a size, as on a full disk.
test.skipIf(process.platform === 'win32').each([8, 20, 40, 60])(
  'a disk that is full at %s blocks is said in one line; with more room the same command goes on',
  async (blocks) => {
    const house = await synthHouse();
    const args = ['lab', 'synth', SHIPPED, '--limit', '3', '--out', house.path('out')];
    const child = spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, CLI, ...args], {
      env: { ...process.env, ...house.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [exit, err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    const told = err.split('\n').filter((line) => /^(dramatis|Error| {4}at)/u.test(line));
    expect([exit, told]).toEqual([[1, null], [expect.stringContaining('see whether the disk is full')]]);
    expect((await house.run(args.slice(1))).code).toBe(0);
  },
  60_000,
);

test('interrupted: exit code 130, and the same command goes on', async () => {
  const house = await synthHouse({ script: slowly });
  const args = [SHIPPED, '--limit', '3', '--out', house.path('out')];
  const { child, exit } = start(house, args);
  await house.double.received(20);
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  const kept = answered(house);
  expect(kept).toBeGreaterThan(0);
  const before = house.double.prompts.length;
  expect((await house.run(['synth', ...args])).code).toBe(0);
  expect(answered(house) - kept).toBe(house.double.prompts.length - before);
}, 60_000);

test('a key that is refused is said in one line, and nothing is lost', async () => {
  let broken = true;
  const house = await synthHouse({
    script: (request) =>
      broken && house.double.prompts.length > 12
        ? { fault: 'status', status: 401, body: { error: { message: 'no', code: 'invalid_api_key' } } }
        : slowly(request),
  });
  const args = ['synth', SHIPPED, '--limit', '3', '--out', house.path('out')];
  const { code, err } = await house.run(args);
  expect(code).toBe(1);
  expect(err.split('\n').filter((line) => line.startsWith('dramatis'))).toHaveLength(1);
  expect(answered(house)).toBeGreaterThan(0);
  broken = false;
  expect((await house.run(args)).code).toBe(0);
});
