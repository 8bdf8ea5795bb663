import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { compareRuns } from '../../../src/lab/compare/compare-runs.ts';
import { coserRun } from '../../../src/lab/compare/scored-run.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { type EvalHouse, evalArgs, evalHouse } from './eval-house.ts';

async function ablate(house: EvalHouse, args: readonly string[]) {
  const { io, out, err } = captureIo('', { env: house.env });
  const code = await runCli(['lab', 'eval', 'ablate', ...args], [listed('lab', lab)], io);
  return { code, out: out(), err: err() };
}

test('plays the whole and each variant in a folder of its own, and sets them side by side', async () => {
  const house = await evalHouse();
  const args = [...evalArgs(house, 3), '--rounds', '3', '--out', house.path('out')];
  const { code, out, err } = await ablate(house, args);
  expect({ code, err: err.split('\n').filter((line) => line.startsWith('dramatis')) }).toEqual({
    code: 0,
    err: [],
  });
  for (const words of [
    'without system thinking',
    'without role thinking',
    'written in CoSER’s brackets',
    'best of 4 drafts',
  ]) {
    expect(out).toContain(words);
  }
  expect(out).toContain('judge judge-1, prompt');
  const settings = Object.fromEntries(
    ['whole', 'plan', 'thoughts', 'dialect', 'best-of'].map((name) => {
      const { plan, thoughts, dialect, 'best-of': bestOf } = house.results(`out/${name}`).manifest.settings;
      return [name, { plan, thoughts, dialect, bestOf }];
    }),
  );
  const whole = { plan: true, thoughts: true, dialect: 'her', bestOf: 1 };
  expect(settings).toEqual({
    whole,
    plan: { ...whole, plan: false },
    thoughts: { ...whole, thoughts: false },
    dialect: { ...whole, dialect: 'coser' },
    'best-of': { ...whole, bestOf: 4 },
  });
  // The differences are those that lab eval compare finds.
  const compared = compareRuns(
    coserRun('the whole', house.results('out/whole')),
    coserRun('best of 4 drafts', house.results('out/best-of')),
    'honest',
  );
  const written = JSON.parse(house.read('out/ablation.json'));
  expect(written.variants[3]).toMatchObject({
    name: 'best-of',
    comparison: JSON.parse(JSON.stringify(compared)),
  });
  expect(house.read('out/ablation.md')).toContain('| best of 4 drafts |');
  // The law holds in every folder.
  for (const folder of Object.keys(settings)) {
    expect(existsSync(house.path(`out/${folder}/report.html`))).toBe(true);
    for (const name of readdirSync(house.path(`out/${folder}`)).filter((one) =>
      /\.(?:json|jsonl|html|md)$/u.test(one),
    )) {
      expect(house.read(`out/${folder}/${name}`)).not.toContain('PLAN-');
    }
  }
});

test('begun again it asks nothing; what the whole was answered is not asked again by a variant', async () => {
  const house = await evalHouse();
  const args = [...evalArgs(house, 2), '--only', 'best-of', '--out', house.path('out'), '--json'];
  const first = JSON.parse((await ablate(house, args)).out);
  const asked = house.double.prompts.length;
  expect(first.whole.use.known).toBe(0);
  // The first draft of the first turn is one that the whole made.
  expect(first.variants[0].use.known).toBeGreaterThan(0);
  const again = JSON.parse((await ablate(house, args)).out);
  expect(house.double.prompts).toHaveLength(asked);
  expect(again.variants[0].comparison).toEqual(first.variants[0].comparison);
  expect(again.variants[0].use.known).toBe(again.variants[0].use.calls);
});

test('with --no-plan the whole has no system thinking, and the variant has', async () => {
  const house = await evalHouse();
  const { code, out } = await ablate(house, [
    ...[...evalArgs(house, 2), '--no-plan', '--only=plan', '--out', house.path('out')],
  ]);
  expect(code).toBe(0);
  expect(out).toContain('with system thinking');
  expect(house.results('out/whole').manifest.settings['plan']).toBe(false);
  expect(house.results('out/plan').manifest.settings['plan']).toBe(true);
});

test('--plan asks nobody and writes nothing; bad flags say what is right', async () => {
  const house = await evalHouse();
  const args = evalArgs(house, 2);
  const { code, out } = await ablate(house, [...args, '--plan', '--json']);
  expect(code).toBe(0);
  const { runs } = JSON.parse(out);
  expect(runs.map(({ name }: { name: string }) => name)).toEqual([
    'whole',
    'plan',
    'thoughts',
    'dialect',
    'best-of',
  ]);
  expect(runs[4].plan.calls).toBeGreaterThan(runs[0].plan.calls);
  expect((await ablate(house, [...args, '--plan'])).out).toContain('calls at most');
  expect(house.double.prompts).toHaveLength(0);

  for (const [wrong, words] of [
    [['--only', 'plans'], '--only takes some of plan,thoughts,dialect,best-of, not “plans”.'],
    [['--only'], '--only takes some of'],
    [['--simulation', 'x.json'], '--simulation does not go with ablate'],
  ] as const) {
    const refused = await ablate(house, [...args, '--out', house.path('out'), ...wrong]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(words);
  }
  expect(existsSync(house.path('out'))).toBe(false);
});
