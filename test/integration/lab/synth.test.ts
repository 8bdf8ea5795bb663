import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FERRY, synthHouse } from './synth-house.ts';

const SHIPPED = fileURLToPath(new URL('../../../benchmarks/coser/scenes.json', import.meta.url));

type Step = {
  name: string;
  state: string;
  in: number;
  out: number;
  rejected: number;
  waiting: number;
  counts: Record<string, number>;
  rejects: Record<string, number>;
};
const stepsOf = (out: string): Step[] => JSON.parse(out).manifest.steps;

describe('dramatis lab synth', () => {
  test('takes the scenes that ship through all steps, and counts at each', async () => {
    const house = await synthHouse();
    const { code, out, err } = await house.run(['synth', SHIPPED, '--out', house.path('out'), '--json']);
    expect([code, err.includes('mistake')]).toEqual([0, false]);
    const steps = stepsOf(out);
    expect(steps.map(({ name, state, in: into, out: left }) => [name, state, into, left])).toEqual(
      ['load', 'think', 'reorder', 'draft', 'plan', 'setting', 'validate'].map((name) => [
        name,
        'done',
        12,
        12,
      ]),
    );
    for (const { in: into, out: left, rejected, waiting } of steps)
      expect(into).toBe(left + rejected + waiting);
    const turns = steps[1]?.counts['turns'] ?? 0;
    expect(turns).toBeGreaterThan(100);
    expect(steps[4]?.counts).toMatchObject({ turns });
    const { targets = 0, 'history only': history = 0 } = steps[6]?.counts ?? {};
    expect(targets).toBeGreaterThan(turns * 0.9);
    expect(targets + history).toBe(turns);
    // Nobody was told what another character thought, nor any plan.
    for (const { promptText } of house.double.prompts) expect(promptText).not.toContain('<system_thinking>');
  });

  test('completes a setting from the passage, and names what the passage does not bear out', async () => {
    const house = await synthHouse();
    const file = house.file('ferry.jsonl', [FERRY]);
    const { code } = await house.run(['synth', file, '--out', house.path('out')]);
    expect(code).toBe(0);
    const [record] = house.lines('out/7-validate.jsonl');
    expect(JSON.stringify(record?.['completed'])).toContain('cast for a church that was never built');
    expect(house.lines('out/6-setting.rejects.jsonl').map(({ why }) => why)).toContain('setting-no-source');
    expect(JSON.stringify(record)).not.toContain('an old duel');
  });

  test('goes on after it was broken off, asks for nothing twice, and ends with the same', async () => {
    const house = await synthHouse();
    const whole = await synthHouse();
    await whole.run(['synth', SHIPPED, '--out', whole.path('out'), '--limit', '3']);
    const stop = new AbortController();
    const args = ['synth', SHIPPED, '--out', house.path('out'), '--limit', '3'];
    const broken = house.run(args, { signal: stop.signal });
    await house.double.received(20);
    stop.abort(new Error('enough'));
    expect((await broken).code).not.toBe(0);
    expect(existsSync(house.path('out/7-validate.jsonl'))).toBe(false);
    const { code } = await house.run(args);
    expect(code).toBe(0);
    expect(house.lines('out/7-validate.jsonl')).toEqual(whole.lines('out/7-validate.jsonl'));
    const keys = house.lines('out/calls.jsonl').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('goes by batch files: written, answered elsewhere, taken in, until all is done', async () => {
    const house = await synthHouse();
    const online = await synthHouse();
    const file = house.file('ferry.jsonl', [FERRY]);
    await online.run(['synth', file, '--out', online.path('out')]);
    let code = 1;
    for (let round = 1; code !== 0 && round < 12; round += 1) {
      const written = await house.run(['synth', file, '--out', house.path('out'), '--batch', 'write']);
      expect(written.code).toBe(0);
      const name = `out/batch-${String(round).padStart(4, '0')}.jsonl`;
      if (!existsSync(house.path(name))) break;
      const answers = await Promise.all(house.lines(name).map((line) => answered(house.double.url, line)));
      const results = house.file(`results-${round}.jsonl`, answers.reverse());
      ({ code } = await house.run(['synth', '--out', house.path('out'), '--batch', 'read', results]));
    }
    expect(code).toBe(0);
    expect(house.lines('out/7-validate.jsonl')).toEqual(online.lines('out/7-validate.jsonl'));
  });

  test('refuses to go on with other prompts’ answers, another model or another file', async () => {
    const house = await synthHouse({ models: ['double-1', 'double-2'] });
    const file = house.file('ferry.jsonl', [FERRY]);
    const args = ['synth', file, '--out', house.path('out'), '--until', 'think'];
    await house.run(args);
    const other = await house.run([...args, '--teacher', 'double-2']);
    expect([other.code, other.err]).toEqual([
      1,
      expect.stringContaining('teacher was double-1, now double-2'),
    ]);
    house.file('ferry.jsonl', [{ ...FERRY, topic: 'another' }]);
    const changed = await house.run(args);
    expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('is not what it was')]);
    expect((await house.run([...args, '--redo', 'load'])).code).toBe(0);
  });

  test('reads on behind broken lines, and UTF-16', async () => {
    const house = await synthHouse();
    const broken = house.file(
      'broken.jsonl',
      `${JSON.stringify(FERRY)}\n{"book": "half\n${JSON.stringify({ ...FERRY, i_c: 1 })}\n`,
    );
    const wide = house.file(
      'wide.jsonl',
      Buffer.from(`\uFEFF${JSON.stringify({ ...FERRY, i_c: 2 })}\n`, 'utf16le'),
    );
    const { code, out } = await house.run([
      'synth',
      broken,
      wide,
      '--out',
      house.path('out'),
      '--until',
      'load',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(stepsOf(out)[0]).toMatchObject({ in: 4, out: 3, rejected: 1 });
    expect(house.lines('out/1-load.rejects.jsonl')[0]?.['detail']).toContain('broken.jsonl, line 2');
  });

  test('loads nothing that bears Discord’s mark', async () => {
    const house = await synthHouse();
    const marked = house.file('marked.jsonl', [{ ...FERRY, 'dramatis-origin': 'discord' }]);
    const { code, out } = await house.run(['synth', marked, '--out', house.path('out'), '--json']);
    expect(stepsOf(out)[0]).toMatchObject({ out: 0, rejects: { discord: 1 } });
    expect(house.double.prompts).toHaveLength(0);
    expect(code).toBe(0);
    const again = await house.run(['synth', marked, '--out', house.path('out')]);
    expect(again.out).toContain('Nothing came through load: 1-load.rejects.jsonl says why.');
  });

  test.each([
    [['synth', '--out', 'x', '--until', 'sing'], 'there is no step “sing”'],
    [['synth', '--out', 'x', '--batch', 'send'], '--batch takes write or read'],
    [['synth', '--out', 'x', '--batch', 'read'], '--batch read needs the files'],
    [['synth', '--out', 'x', '--budget', 'free'], '--budget takes an amount'],
    [['synth', '--out', 'x', '--form', 'epub'], '--form takes coser'],
    [['synth', '--out', 'x', '--skip', 'load'], 'without load'],
    [['synth', '--out', 'x', '--redo', 'plan', '--until', 'think'], '--redo plan takes away'],
    [['synth', 'a.jsonl', '--out='], '--out DIR is needed'],
  ])('is told what is right: %s', async (args, words) => {
    const house = await synthHouse();
    const { code, err } = await house.run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test.each([
    ['a file that is not there', ['synth', '/nowhere/a.jsonl', '--until', 'load'], 'cannot be read'],
    ['a folder', ['synth', '/tmp', '--until', 'load'], 'a folder'],
    ['a folder that was begun with nothing', ['synth', '--until', 'load'], 'was begun with no files'],
  ])('says in one line what is wrong: %s', async (_what, args, words) => {
    const house = await synthHouse();
    const { code, err } = await house.run([...args, '--out', house.path('out')]);
    expect([code, err.trim().split('\n').length, err]).toEqual([1, 1, expect.stringContaining(words)]);
  });
});

/** As `vllm run-batch` would write it. */
async function answered(url: string, line: Record<string, unknown>): Promise<object> {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(line['body']),
  });
  return {
    id: 'vllm-1',
    custom_id: line['custom_id'],
    response: { status_code: 200, body: await response.json() },
    error: null,
  };
}
