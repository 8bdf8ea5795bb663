import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/judge/stats/random.ts';
import { holdFolder } from '../../../src/lab/folder/hold-folder.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import { evalAnswer } from './eval-answers.ts';
import { type EvalHouse, evalArgs, evalHouse, withoutTimes } from './eval-house.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
const SCENES = 5;
/** `KILLS=40 vitest run …` is the long form. */
const KILLS = Number(process.env['KILLS'] ?? 3);

/** An answer that takes its time, so that some are always on their way. */
const slowly = (request: RecordedRequest) => ({ text: evalAnswer(request), pauseMs: 3, deltaLength: 1000 });

function start(house: EvalHouse, args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, 'lab', 'eval', 'coser', ...args], {
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
function answered(house: EvalHouse): number {
  const path = house.path('out/calls.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

test(`killed ${KILLS} times: nothing that was answered is asked again, and the results are the same`, async () => {
  const house = await evalHouse({ script: slowly });
  const { double } = house;
  const flags = evalArgs(house, SCENES);
  expect((await house.coser([...flags, '--out', house.path('whole')])).code).toBe(0);
  const all = double.prompts.length;

  const args = [...flags, '--out', house.path('out')];
  const random = createRandom(20);
  let lost = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [seen, kept] = [double.prompts.length, answered(house)];
    // Somewhere in what is left to do, its first request and its last among it.
    const until = seen + 1 + Math.floor(random() * Math.max(1, Math.floor((all - kept) / 2)));
    const { child, exit } = start(house, args);
    await Promise.race([double.received(until), exit]);
    child.kill('SIGKILL');
    await exit;
    const underWay = double.prompts.length - seen - (answered(house) - kept);
    expect(underWay).toBeLessThanOrEqual(8);
    lost += underWay;
  }
  const last = start(house, args);
  expect(await last.exit).toEqual([0, null]);

  const asked = double.prompts.slice(all).map(({ body }) => JSON.stringify(body));
  expect(asked).toHaveLength(all + lost);
  expect(new Set(asked).size).toBe(all);
  expect(withoutTimes(house.results('out'))).toEqual(withoutTimes(house.results('whole')));
  expect(house.read('out/transcripts.jsonl')).toBe(house.read('whole/transcripts.jsonl'));
}, 180_000);

test('interrupted: exit code 130, one line, and it is gone on with', async () => {
  const house = await evalHouse({ script: slowly });
  const args = [...evalArgs(house, 3), '--out', house.path('out')];
  const { child, exit } = start(house, args);
  await house.double.received(20);
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  const kept = answered(house);
  expect(kept).toBeGreaterThan(0);
  const before = house.double.prompts.length;
  expect((await house.coser(args)).code).toBe(0);
  expect(answered(house) - kept).toBe(house.double.prompts.length - before);
}, 60_000);

test('a second run in the same folder is refused while the first goes on', async () => {
  const house = await evalHouse();
  using _held = holdFolder(house.path('out'));
  const { code, err } = await house.coser([...evalArgs(house, 1), '--out', house.path('out')]);
  expect(code).toBe(1);
  expect(err).toContain('is in use by another run');
  expect(house.double.prompts).toHaveLength(0);
});

describe('a model that fails', () => {
  const refusal = (status: number, code: string) =>
    ({ fault: 'status', status, body: { error: { message: code, code } } }) as const;

  test('for good: one line, and all that was answered is there when it is begun again', async () => {
    let broken = true;
    const house = await evalHouse({
      script: (request) =>
        broken && request.body.model === 'judge-1' ? refusal(401, 'invalid_api_key') : evalAnswer(request),
    });
    const args = [...evalArgs(house, 3), '--out', house.path('out')];
    const { code, err } = await house.coser(args);
    expect(code).toBe(1);
    expect(err.split('\n').filter((line) => line.startsWith('dramatis'))).toHaveLength(1);
    expect(existsSync(house.path('out/results.json'))).toBe(false);
    const kept = answered(house);
    expect(kept).toBeGreaterThan(0);
    broken = false;
    const before = house.double.prompts.length;
    expect((await house.coser(args)).code).toBe(0);
    expect(answered(house) - kept).toBe(house.double.prompts.length - before);
    expect(house.results('out').cases).toHaveLength(3);
  });

  test('for good: what was under way then is kept, too', async () => {
    const refused = (request: RecordedRequest) =>
      request.body.model === 'director-1' && /night 1/iu.test(request.promptText);
    const house = await evalHouse({
      script: (request) => (refused(request) ? refusal(401, 'invalid_api_key') : slowly(request)),
    });
    const { code } = await house.coser([...evalArgs(house, 6), '--out', house.path('out')]);
    expect(code).toBe(1);
    expect(answered(house)).toBe(house.double.prompts.filter((request) => !refused(request)).length);
    expect(house.double.prompts.some(refused)).toBe(true);
  });

  test('for one scene only: the others are scored, and it is said which is not', async () => {
    const house = await evalHouse({
      script: (request) =>
        request.promptText.includes('night 1') || request.promptText.includes('Night 1')
          ? refusal(400, 'context_length_exceeded')
          : evalAnswer(request),
    });
    const { code, out } = await house.coser([...evalArgs(house, 3), '--out', house.path('out')]);
    expect(code).toBe(0);
    const { cases, failed, manifest } = house.results('out');
    expect(cases.map(({ id }) => id)).toEqual(['The Lantern Inn-0-0', 'The Lantern Inn-2-0']);
    expect(failed).toMatchObject([{ id: 'The Lantern Inn-1-0' }]);
    expect(manifest.data).toMatchObject({ scenes: 3, played: 2 });
    expect(out).toContain('not scored: The Lantern Inn-1-0');
  });

  test('whose judgements cannot be read: cases are invalid, counted, and in no honest figure', async () => {
    const house = await evalHouse({
      script: (request) => (request.body.model === 'judge-1' ? 'Splendid!' : evalAnswer(request)),
    });
    const { code, out } = await house.coser([...evalArgs(house, 2), '--out', house.path('out')]);
    expect(code).toBe(1);
    const { figures, cases } = house.results('out');
    expect(figures.invalid).toBe(2);
    expect(figures.honest['overall']).toMatchObject({ mean: null, n: 0 });
    expect(cases.every(({ invalid, honest }) => invalid && honest === null)).toBe(true);
    expect(out).toContain('2 of them invalid');
  });
});
