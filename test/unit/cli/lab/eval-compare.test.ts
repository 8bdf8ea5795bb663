import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { compare } from '../../../../src/cli/lab/eval/compare.ts';
import { OperatorError } from '../../../../src/errors.ts';
import { sampleRun } from '../../../support/sample-run.ts';
import { captureIo } from '../capture.ts';

let folder: string;
let a: string;
let b: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-compare-'));
  a = join(folder, 'results.json');
  b = join(folder, 'b.json');
  await writeFile(a, JSON.stringify(sampleRun(12).result));
  await writeFile(b, JSON.stringify(sampleRun(12, { shift: 3 }).result));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const { io, out } = captureIo();
  return { code: await compare(args, io), out: out() };
}

/** A file of CoSER’s own evaluator. */
function evaluation(score: string): string {
  const one = (value: string) => `{"flaws":[],"score":${value}}`;
  return `{"scores":null,"cases":{"Lear-1-0":{"simulation":[{"role":"Lear","content":"Lear: No."}],
    "simulation_str":"Lear: No.","score":${score},"critique":{"Storyline Consistency":${one(score)},
    "Anthropomorphism":${one('50')},"Character Fidelity":${one('65')},"Storyline Quality":${one('75.0')},
    "bleu":0.1,"rouge_l":0.2}}}}`;
}

describe('lab eval compare', () => {
  test('takes a folder and a file, and prints a paired table', async () => {
    const { code, out } = await run(folder, b);
    expect(code).toBe(0);
    expect(out).toContain('Honest scores by judge large-judge, prompt 9a3be07c41f2, 12 scenes in both.');
    expect(out).toMatch(
      /^Overall\s+[\d.]+\s+[\d.]+\s+\+[\d.]+\s+\+[\d.]+ to \+[\d.]+\s+[<\d.]+\s+\d+\/\d+\/\d+\s+12$/mu,
    );
    for (const name of ['Storyline Consistency', 'Anthropomorphism', 'Character Fidelity'])
      expect(out).toContain(name);
    expect(out).toContain('to be shown');
  });

  test('--json gives the same figures for the same seed', async () => {
    const [one, other] = [await run(a, b, '--json', '--seed', '3'), await run(a, b, '--json', '--seed', '3')];
    expect(one).toEqual(other);
    const { figures, scale, paired } = JSON.parse(one.out);
    expect([paired, scale, figures.length]).toEqual([12, [], 5]);
    expect(figures[0].difference).toBeCloseTo(figures[0].b - figures[0].a, 9);
  });

  test('runs of two judges are not compared, but for who asks for it, with a warning on top', async () => {
    const other = sampleRun(12, { manifest: { judge: { model: 'small', hash: 'x', times: 1 } } }).result;
    await writeFile(b, JSON.stringify(other));
    const refused = await run(a, b);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('judge: large-judge | small');
    expect(refused.out).not.toContain('Overall');
    const json = await run(a, b, '--json');
    expect([json.code, JSON.parse(json.out).figures]).toEqual([1, []]);
    const anyway = await run(a, b, '--anyway');
    expect(anyway.code).toBe(0);
    expect(anyway.out).toMatch(/WARNING[\s\S]*Overall/u);
  });

  test('files of CoSER’s evaluator say nothing of their judge; their own scores are compared anyway', async () => {
    await writeFile(a, evaluation('60'));
    await writeFile(b, evaluation('70'));
    expect((await run(a, b, '--scores', 'protocol')).code).toBe(1);
    const { code, out } = await run(a, b, '--scores', 'protocol', '--anyway');
    expect(code).toBe(0);
    expect(out).toMatch(/Overall\s+60\.0\s+70\.0\s+\+10\.0/u);
    const honest = await run(a, b, '--anyway');
    expect([honest.code, honest.out.includes('--scores protocol')]).toEqual([1, true]);
  });

  test('no scene in common is no comparison', async () => {
    const { result } = sampleRun(2);
    await writeFile(b, JSON.stringify({ ...result, cases: [] }));
    const { code, out } = await run(a, b);
    expect(code).toBe(1);
    expect(out).toContain('Left out: 12 only in A.');
  });

  test('what holds no results is told so', async () => {
    await writeFile(b, '{}');
    await expect(run(a, b)).rejects.toThrow(/holds no results/u);
    await expect(run(a, join(folder, 'none'))).rejects.toThrow(/holds no results yet/u);
    await expect(run('/dev/null/x', b)).rejects.toThrow(OperatorError);
  });

  test.each([[['a']], [['a', 'b', 'c']], [['a', 'b', '--scores', 'best']], [['a', 'b', '--seed', 'x']]])(
    '%j is bad use',
    async (args) => {
      await expect(run(...args)).rejects.toThrow(BadUse);
    },
  );
});
