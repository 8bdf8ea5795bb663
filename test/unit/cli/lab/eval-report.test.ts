import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { report } from '../../../../src/cli/lab/eval/report.ts';
import { OperatorError } from '../../../../src/errors.ts';
import { coserReport } from '../../../../src/lab/report/coser-report.ts';
import { sampleRun } from '../../../support/sample-run.ts';
import { captureIo } from '../capture.ts';

const { result, transcripts } = sampleRun(4);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-report-'));
  await writeFile(join(folder, 'results.json'), JSON.stringify(result));
  await writeFile(
    join(folder, 'transcripts.jsonl'),
    transcripts.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const { io, out } = captureIo();
  return { code: await report(args, io), out: out() };
}

describe('lab eval report', () => {
  test('writes page, Markdown and JSON beside the results, and says where', async () => {
    const { code, out } = await run(folder);
    expect(code).toBe(0);
    const names = ['report.html', 'report.md', 'report.json'];
    expect(out).toBe(names.map((name) => `${join(folder, name)}\n`).join(''));
    expect((await readdir(folder)).sort()).toEqual(['results.json', 'transcripts.jsonl', ...names].sort());
    const json = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
    expect(json).toEqual(JSON.parse(JSON.stringify(coserReport(result, transcripts))));
  });

  test.each([
    [['--format', 'md'], 'report.md', /^# /u],
    [['--format', 'json'], 'report.json', /^\{/u],
    [['--format', 'html'], 'report.html', /^<!doctype html>/u],
    [['--out', 'F/own.md'], 'own.md', /^# /u],
    [['--out', 'F/own.txt'], 'own.txt', /^<!doctype html>/u],
    [['--out', 'F/own.txt', '--format', 'json'], 'own.txt', /^\{/u],
  ])('%j writes only %s', async (flags, name, begins) => {
    const args = flags.map((flag) => flag.replace('F/', `${folder}/`));
    const { code } = await run(folder, ...args);
    expect(code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['results.json', 'transcripts.jsonl', name].sort());
    expect(await readFile(join(folder, name), 'utf8')).toMatch(begins);
  });

  test('what somebody says may hold any separator of lines', async () => {
    const text = 'One.\u2028Two.\u2029Three.';
    const said = transcripts.map((line, at) =>
      at > 0
        ? line
        : { ...line, turns: line.turns.map((turn) => ({ ...turn, segments: [{ kind: 'speech', text }] })) },
    );
    await writeFile(
      join(folder, 'transcripts.jsonl'),
      said.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    expect((await run(folder)).code).toBe(0);
  });

  test('figures are shown where transcripts are missing', async () => {
    await rm(join(folder, 'transcripts.jsonl'));
    expect((await run(folder)).code).toBe(0);
  });

  test('system thinking gets into no report, wherever somebody put it in', async () => {
    const [line] = transcripts;
    const planned = line?.turns.map((turn) => ({ ...turn, system_thinking: 'CANARY', plan: 'CANARY' }));
    await writeFile(
      join(folder, 'transcripts.jsonl'),
      JSON.stringify({ ...line, turns: planned, plan: 'CANARY' }),
    );
    await run(folder);
    for (const name of ['report.html', 'report.md', 'report.json']) {
      expect(await readFile(join(folder, name), 'utf8')).not.toContain('CANARY');
    }
    const segments = [{ kind: 'system_thinking', text: 'CANARY' }];
    const turns = line?.turns.map((turn) => ({ ...turn, segments }));
    await writeFile(join(folder, 'transcripts.jsonl'), JSON.stringify({ ...line, turns }));
    await expect(run(folder)).rejects.toThrow(/line 1, cannot be read/u);
  });

  test('what is no run is told so, with the line that cannot be read', async () => {
    await writeFile(join(folder, 'transcripts.jsonl'), `${JSON.stringify(transcripts[0])}\n{"id":1}\n`);
    await expect(run(folder)).rejects.toThrow(/transcripts\.jsonl, line 2, cannot be read/u);
    await writeFile(join(folder, 'results.json'), '{"manifest":{}}');
    await expect(run(folder)).rejects.toThrow(/no results that this version reads/u);
    await writeFile(join(folder, 'results.json'), '{');
    await expect(run(folder)).rejects.toThrow(OperatorError);
    await rm(join(folder, 'results.json'));
    await expect(run(folder)).rejects.toThrow(/has come to its end/u);
    await expect(run(folder, '--out', join(folder, 'no', 'where.html'))).rejects.toThrow(OperatorError);
  });

  test.each([[[]], [['a', 'b']], [['a', '--format', 'pdf']], [['a', '--out', '']], [['a', '--colour']]])(
    '%j is bad use',
    async (args) => {
      await expect(run(...args)).rejects.toThrow(BadUse);
    },
  );
});
