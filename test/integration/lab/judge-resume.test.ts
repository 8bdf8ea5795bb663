import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { Interruption } from '../../../src/cli/interruption.ts';
import { holdFolder } from '../../../src/lab/folder/hold-folder.ts';
import type { ModelDouble } from '../../doubles/model/model-double.ts';
import { judgeHouse } from './judge-house.ts';
import { ruled } from './ruled.ts';
import { sampleItems } from './sample-items.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
const bodiesOf = ({ prompts }: ModelDouble) => prompts.map(({ body }) => JSON.stringify(body));
const linesIn = (path: string) => readFileSync(path, 'utf8').split('\n').length - 1;

test('a second run asks nothing and says the same', async () => {
  const house = await judgeHouse();
  const args = [house.file('items.jsonl', sampleItems(4)), '--out', house.path('out'), '--json'];
  await house.judge(args);
  const verdicts = readFileSync(house.path('out/verdicts.jsonl'), 'utf8');
  const again = await house.judge(args);
  expect(JSON.parse(again.out)).toMatchObject({ known: 8, asked: 0 });
  expect(house.double.prompts).toHaveLength(8);
  expect(readFileSync(house.path('out/verdicts.jsonl'), 'utf8')).toBe(verdicts);
});

test('more items, another judge or other principles ask only what is new', async () => {
  const house = await judgeHouse();
  const four = house.file('four.jsonl', sampleItems(4));
  const out = ['--out', house.path('out')];
  await house.judge([four, ...out]);
  await house.judge([house.file('six.jsonl', sampleItems(6)), ...out]);
  expect(house.double.prompts).toHaveLength(12);
  await house.judge([four, ...out, '--judge', 'another']);
  expect(house.double.prompts).toHaveLength(20);
  const principles = house.file('mine.yaml', '- id: short-of-breath\n  asks: The line fits in one breath.\n');
  await house.judge([four, ...out, '--principles', principles]);
  expect(house.double.prompts).toHaveLength(28);
  expect(house.double.prompts.at(-1)?.promptText).toContain('short-of-breath');
  await house.judge([four, ...out]);
  expect(house.double.prompts).toHaveLength(28);
});

test('a last line that was not finished is cut off, and asked again', async () => {
  const house = await judgeHouse();
  const args = [house.file('items.jsonl', sampleItems(2)), '--out', house.path('out'), '--json'];
  await house.judge(args);
  const calls = house.path('out/calls.jsonl');
  const whole = readFileSync(calls, 'utf8');
  appendFileSync(calls, '{"key":"0123456789abcdef0123456789abcdef","text":"ha');
  expect(JSON.parse((await house.judge(args)).out)).toMatchObject({ known: 4, asked: 0 });
  expect(readFileSync(calls, 'utf8')).toBe(whole);
});

describe('in the middle', () => {
  /** Answers `most` requests, and leaves the others without an answer until `go` is called. */
  async function stuckHouse(most: number) {
    let answers = 0;
    let stuck = true;
    const house = await judgeHouse({
      script: (request) => {
        if (stuck && answers >= most) return { fault: 'stall' };
        answers += 1;
        return ruled(request, 'longer');
      },
    });
    return {
      house,
      go: () => {
        stuck = false;
      },
    };
  }

  test('killed: what was answered is never asked again', async () => {
    const { house, go } = await stuckHouse(9);
    const items = house.file('items.jsonl', sampleItems(12));
    const args = [items, '--out', house.path('out')];
    const env = { ...process.env, MODEL: 'double-1', OPENAI_BASE_URL: house.double.url };
    const child = spawn(process.execPath, [CLI, 'lab', 'judge', ...args], { env, stdio: 'ignore' });
    await vi.waitFor(() => expect(linesIn(join(house.path('out'), 'calls.jsonl'))).toBe(9), {
      timeout: 20_000,
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const answered = house.lines('out/calls.jsonl').map(({ key }) => key);
    const before = house.double.prompts.length;

    go();
    const { code, out } = await house.judge([...args, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ known: 9, asked: 15 });
    expect(house.double.prompts.length - before).toBe(15);
    const keys = house.lines('out/calls.jsonl').map(({ key }) => key);
    expect(keys.slice(0, 9)).toEqual(answered);
    expect(new Set(keys).size).toBe(24);
    // Of those that the kill left without an answer each was asked once more, of the others none.
    const counts = Map.groupBy(bodiesOf(house.double), (body) => body);
    expect(counts.size).toBe(24);
    expect([...counts.values()].filter(({ length }) => length > 1)).toHaveLength(before - 9);
  }, 40_000);

  test('interrupted: exit code 130, and it is gone on with', async () => {
    const { house, go } = await stuckHouse(5);
    const args = [house.file('items.jsonl', sampleItems(6)), '--out', house.path('out')];
    const controller = new AbortController();
    const running = house.judge(args, { signal: controller.signal });
    await vi.waitFor(() => expect(linesIn(house.path('out/calls.jsonl'))).toBe(5), { timeout: 10_000 });
    controller.abort(new Interruption('SIGINT'));
    expect((await running).code).toBe(130);

    go();
    const { code, out } = await house.judge([...args, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ known: 5, asked: 7 });
  });
});

test('a folder is one run’s at a time', async () => {
  const house = await judgeHouse();
  const args = [house.file('items.jsonl', sampleItems(1)), '--out', house.path('out')];
  {
    using _held = holdFolder(house.path('out'));
    const { code, err } = await house.judge(args);
    expect(code).toBe(1);
    expect(err).toContain('is in use by another run');
  }
  expect((await house.judge(args)).code).toBe(0);
});
