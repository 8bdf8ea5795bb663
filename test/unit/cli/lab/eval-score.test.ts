import { existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { score } from '../../../../src/cli/lab/eval/score.ts';
import { OperatorError } from '../../../../src/errors.ts';
import { captureIo } from '../capture.ts';

const GOLDEN = fileURLToPath(new URL('../../../../../shared/data/golden/scoring.jsonl', import.meta.url));

async function scored(input: string, args: readonly string[] = ['-', '--json']) {
  const { io, out, err } = captureIo(input);
  const code = await score(args, io);
  return { code, lines: out().split('\n').filter(Boolean), err: err() };
}

const line = (severity: string, rounds = '0') =>
  `{"judge_flaws":[{"severity":${severity}}],"rounds":${rounds}}`;

describe('lab eval score', () => {
  test.each([
    ['3', 85, 85, 85],
    ['3.0', 100, 85, 85],
    ['3e0', 100, 85, 85],
    ['0', 100, 100, 95],
    ['-2', 100, 100, 95],
    ['9', 55, 55, 75],
    ['true', 95, 95, 95],
    ['false', 100, 100, 95],
    ['null', 95, 100, 95],
    ['"3"', 100, 100, 85],
    ['2.5', 100, 87.5, 87.5],
    ['NaN', 100, 0, 75],
    ['-Infinity', 100, 100, 95],
    ['[3]', 100, 100, 95],
    ['{"fraction":3}', 100, 100, 95],
  ])('severity %s is %d by CoSER, %d by HER, %d mended', async (severity, coser, her, fixed) => {
    for (const [protocol, figure] of Object.entries({ coser, her, fixed })) {
      const { code, lines } = await scored(line(severity), ['--json', '--protocol', protocol]);
      expect([code, ...lines]).toEqual([0, `{"score":${figure}}`]);
    }
  });

  test('a severity that is left out weighs 1, no flaws are none, rounds are allowed for', async () => {
    const { lines } = await scored(
      '{"judge_flaws":[{}],"rounds":0}\n{"judge_flaws":[],"rounds":20}\n{"judge_flaws":[{"severity":9}],"rounds":5.0}\n',
    );
    expect(lines).toEqual(['{"score":95}', '{"score":100}', '{"score":62.5}']);
  });

  test('a separator of lines within a string ends no line', async () => {
    const { code, lines } = await scored(
      `{"judge_flaws":[{"severity":3,"instance":"one\u2028two\u2029"}],"rounds":0}\n${line('1')}\n`,
    );
    expect([code, ...lines]).toEqual([0, '{"score":85}', '{"score":95}']);
  });

  test('an interruption ends it while it waits for a line', async () => {
    const stdin = new PassThrough();
    const interruption = new AbortController();
    const { io } = captureIo('', { stdin, signal: interruption.signal });
    const running = score(['-'], io);
    interruption.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  test('bad lines are named, the others go on', async () => {
    const bad = [
      'no',
      '[]',
      '{"rounds":1}',
      '{"judge_flaws":[3],"rounds":1}',
      '{"judge_flaws":[],"rounds":"x"}',
    ];
    const { code, lines, err } = await scored(`\uFEFF${line('1')}\r\n\n${bad.join('\n')}\n${line('2')}`);
    expect([code, ...lines]).toEqual([1, '{"score":95}', '{"score":90}']);
    expect(err.trim().split('\n')).toEqual([
      'lab eval score: line 3: it is not JSON',
      'lab eval score: line 4: it: Invalid input: expected object, received array',
      'lab eval score: line 5: judge_flaws: a list of flaws is needed',
      'lab eval score: line 6: judge_flaws.0: each flaw is an object',
      'lab eval score: line 7: rounds: a number of turns is needed',
    ]);
  });

  test('a pipe that stays open has its answer before it ends', async () => {
    const stdin = new PassThrough();
    const told = Promise.withResolvers<string>();
    const stdout = new PassThrough();
    stdout.on('data', (chunk) => told.resolve(String(chunk)));
    const { io } = captureIo('', { stdin, stdout });
    const done = score(['--json'], io);
    stdin.write(`${line('3')}\n`);
    expect(await told.promise).toBe('{"score":85}\n');
    stdin.end();
    expect(await done).toBe(0);
  });

  test('without --json the number alone; bad use and missing files say so', async () => {
    expect((await scored(line('3'), [])).lines).toEqual(['85']);
    await expect(scored('', ['--protocol', 'mine'])).rejects.toThrow(BadUse);
    await expect(scored('', ['a', 'b'])).rejects.toThrow(BadUse);
    await expect(scored('', ['no-such-file.jsonl'])).rejects.toThrow(OperatorError);
  });

  test.skipIf(!existsSync(GOLDEN))('the golden lines, as they are (needs ../shared)', async () => {
    const rows = readFileSync(GOLDEN, 'utf8')
      .split('\n')
      .filter((row) => row.includes('"type": "dimension"'));
    for (const [protocol, column] of [
      ['coser', 'expected_score'],
      ['her', 'expected_score_her'],
    ] as const) {
      const asked = rows.filter((row) => row.includes(`"${column}"`));
      const { code, lines } = await scored(asked.join('\n'), ['--json', '--protocol', protocol]);
      expect(code).toBe(0);
      expect(lines.map((one) => JSON.parse(one).score)).toEqual(asked.map((one) => JSON.parse(one)[column]));
    }
  });
});
