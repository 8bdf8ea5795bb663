import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { promptTextOf, requestBodySchema } from '../../doubles/model/recorded-request.ts';
import { EVAL_MODELS, evalAnswer } from './eval-answers.ts';
import { type EvalHouse, evalArgs, evalHouse } from './eval-house.ts';

type Row = { readonly custom_id: string; readonly body: unknown };

/** A line of results, as OpenAI and vLLM write it: what the double would have answered. */
function resultOf({ custom_id, body }: Row): string {
  const read = requestBodySchema.parse(body);
  const request = { method: 'POST', path: '', query: '', headers: {}, closedEarly: false };
  const content = evalAnswer({
    ...{ ...request, body: read },
    ...{ promptText: promptTextOf(read), closed: Promise.resolve() },
  });
  const answer = {
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
  return JSON.stringify({ custom_id, response: { status_code: 200, body: answer }, error: null });
}

const rowsIn = (house: EvalHouse, name: string): Row[] =>
  house
    .read(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Scores by scene and dimension, without how they were come by. */
const scoresIn = (house: EvalHouse, folder: string) =>
  house.results(folder).cases.map(({ id, score, honest }) => ({ id, score, honest }));

test('judged by batch: the same scores as online, and it is said what is missing', async () => {
  const house = await evalHouse();
  const flags = evalArgs(house, 2);
  await house.coser([...flags, '--out', house.path('online')]);

  const args = [...flags, '--out', house.path('out')];
  const write = await house.coser([...args, '--batch', 'write']);
  expect(write).toMatchObject({ code: 0, err: expect.stringContaining('2 played, 0 judged') });
  expect(write.out).toContain('2 of 2 scenes wait for judgements');
  const before = house.double.prompts.length;
  const rows = rowsIn(house, 'out/batch-0001.jsonl');
  expect(rows).toHaveLength(8);
  expect(rows.every(({ body }) => requestBodySchema.parse(body).model === EVAL_MODELS.judge)).toBe(true);

  // One is not answered: its scene waits, the other is scored.
  const some = house.file('results-1.jsonl', rows.slice(1).map(resultOf).join('\n'));
  const partly = await house.coser([...args, '--batch', 'read', some, '--json']);
  expect(JSON.parse(partly.out)).toMatchObject({ read: { taken: 7 }, waiting: [expect.any(String)] });
  expect(house.results('out').cases).toHaveLength(1);
  await house.coser([...args, '--batch', 'write']);
  const missing = rowsIn(house, 'out/batch-0002.jsonl');
  expect(missing.map(({ custom_id }) => custom_id)).toEqual([rows[0]?.custom_id]);

  const rest = house.file('results-2.jsonl', missing.map(resultOf).join('\n'));
  const whole = await house.coser([...args, '--batch', 'read', rest]);
  expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('Nothing is missing') });
  expect(scoresIn(house, 'out')).toEqual(scoresIn(house, 'online'));
  // Nobody was asked again, and the judge never.
  expect(house.double.prompts).toHaveLength(before);
});

describe('what was played elsewhere', () => {
  test.each(['coser', 'her'] as const)('in the form of %s, is judged only', async (form) => {
    const house = await evalHouse();
    const args = [...evalArgs(house, 2), '--out', house.path('played'), '--write-simulation', form];
    expect((await house.coser(args)).code).toBe(0);
    const file =
      form === 'coser'
        ? house.path('played/simulations-coser.json')
        : house.file(
            'her.jsonl',
            [0, 1]
              .map((at) => house.read(`played/simulations-her/The Lantern Inn-${at}-0.json`))
              .map((text) => JSON.stringify(JSON.parse(text)))
              .join('\n'),
          );
    const before = house.double.prompts.length;
    const judged = ['--simulation', file, '--judge', EVAL_MODELS.judge, '--out', house.path('judged')];
    expect((await house.coser(judged)).code).toBe(0);
    const asked = house.double.prompts.slice(before);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ body }) => body.model === EVAL_MODELS.judge)).toBe(true);
    expect(house.results('judged').cases.map(({ id }) => id)).toEqual(
      house.results('played').cases.map(({ id }) => id),
    );
    expect(Object.keys(house.results('judged').manifest.roles)).toEqual(['judge']);
    expect(house.read('played/transcripts.jsonl')).not.toContain('PLAN-');
  });
});

test.each(['coser', 'her'] as const)(
  'two simulations of the same scenes, as files of %s, are of the same data',
  async (form) => {
    const house = await evalHouse();
    const data = await Promise.all(
      [1, 2].map(async (actor) => {
        const played = house.path(`played-${actor}`);
        const flags = ['--actor', `actor-${actor}`, '--write-simulation', form, '--out', played];
        expect((await house.coser([...evalArgs(house, 1), ...flags])).code).toBe(0);
        const file = form === 'coser' ? 'simulations-coser.json' : 'simulations-her/The Lantern Inn-0-0.json';
        const judged = ['--simulation', join(played, file), '--judge', EVAL_MODELS.judge];
        expect((await house.coser([...judged, '--out', house.path(`judged-${actor}`)])).code).toBe(0);
        return house.results(`judged-${actor}`).manifest;
      }),
    );
    const [one, other] = data;
    expect(one?.settings['simulation']).not.toBe(other?.settings['simulation']);
    expect(one?.data.sha256).toBe(other?.data.sha256);
  },
);

test('a folder of HER’s, a file for each scene, is judged in one run', async () => {
  const house = await evalHouse();
  const flags = [...evalArgs(house, 2), '--write-simulation', 'her', '--out', house.path('played')];
  expect((await house.coser(flags)).code).toBe(0);
  const folder = house.path('played/simulations-her');
  const judged = ['--simulation', folder, '--judge', EVAL_MODELS.judge, '--out', house.path('judged')];
  expect((await house.coser(judged)).code).toBe(0);
  const ids = (name: string) => house.results(name).cases.map(({ id }) => id);
  expect(ids('judged')).toEqual(ids('played'));
  const none = await house.coser(['--simulation', house.path(''), '--out', house.path('none')]);
  expect(none).toMatchObject({ code: 1, err: expect.stringContaining('check --simulation') });
});

test('a run of ours, judged again from its folder, comes to the same scores', async () => {
  const house = await evalHouse();
  const flags = evalArgs(house, 2);
  await house.coser([...flags, '--out', house.path('played')]);
  const before = house.double.prompts.length;
  const again = [...flags, '--simulation', house.path('played'), '--out', house.path('judged')];
  expect((await house.coser(again)).code).toBe(0);
  expect(scoresIn(house, 'judged')).toEqual(scoresIn(house, 'played'));
  expect(house.read('judged/transcripts.jsonl')).toBe(house.read('played/transcripts.jsonl'));
  expect(house.double.prompts.length - before).toBe(8);
  const other = ['--simulation', house.path('played'), '--out', house.path('other')];
  expect(await house.coser(other)).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('have no scene in common') },
  });
});

test('--trace writes answers as they came, says so, and nothing else holds system thinking', async () => {
  const house = await evalHouse();
  const { err } = await house.coser([...evalArgs(house, 1), '--out', house.path('out'), '--trace']);
  expect(err).toContain('traces.jsonl will hold what characters plan');
  expect(house.read('out/traces.jsonl')).toContain('PLAN-');
  for (const name of ['calls.jsonl', 'transcripts.jsonl', 'results.json', 'report.html', 'report.json']) {
    expect(house.read(`out/${name}`)).not.toContain('PLAN-');
  }
});

test('judged three times: each judgement counts, and asks for itself', async () => {
  const house = await evalHouse();
  await house.coser([...evalArgs(house, 1), '--out', house.path('out'), '--times', '3']);
  const { cases, manifest } = house.results('out');
  expect(manifest.judge.times).toBe(3);
  expect(manifest.roles['judge']?.calls).toBe(12);
  expect(Object.values(cases[0]?.judgements ?? {}).map(({ length }) => length)).toEqual([3, 3, 3, 3]);
});

test.each([
  ['--no-plan'],
  ['--no-thoughts'],
  ['--judge-thoughts', 'off'],
  ['--dialect', 'coser'],
  ['--best-of', '2'],
  ['--choice', 'random'],
  ['--continue-from', '2'],
])('%s %s is a run of its own', async (...flag) => {
  const house = await evalHouse();
  const args = [...evalArgs(house, 1), '--out', house.path('out')];
  await house.coser(args);
  const changed = await house.coser([...args, ...flag]);
  expect(changed).toMatchObject({ code: 1, err: expect.stringContaining('was begun with other settings') });
  const { code } = await house.coser([...args.slice(0, -1), house.path('other'), ...flag]);
  expect(code).toBe(0);
  expect(house.results('other').figures.leaks).toBe(0);
});

describe('bad use', () => {
  test.each([
    [['--rounds', '0'], '--rounds takes a whole number from 1'],
    [['--protocol', 'mine'], '--protocol takes coser or her or fixed'],
    [['--judge-only'], '--judge-only needs --simulation'],
    [['--batch', 'both'], '--batch takes write or read'],
    [['--batch', 'read'], '--batch read needs the files of results'],
    [['--scenes', 'Nowhere-1-0'], 'there is no scene “Nowhere-1-0”'],
    [['stray'], '“stray” stands alone'],
  ])('%j: exit code 2 and one line', async (flags, message) => {
    const house = await evalHouse();
    const { code, err, out } = await house.coser([
      ...evalArgs(house, 1),
      '--out',
      house.path('out'),
      ...flags,
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('a record that cannot be played stops the run, unless it is to be left out', async () => {
    const house = await evalHouse();
    const data = house.file('bad.json', [{ book: 'Half a Book' }]);
    const models = evalArgs(house, 1).slice(2);
    const bad = await house.coser(['--data', data, ...models, '--out', house.path('out')]);
    expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('record 1') });
    const mixed = house.file('mixed.json', [
      { book: 'Half a Book' },
      ...JSON.parse(house.read('scenes-1.json')),
    ]);
    const args = ['--data', mixed, ...models, '--out', house.path('out'), '--skip-bad'];
    expect((await house.coser(args)).code).toBe(0);
    const { manifest } = house.results('out');
    expect(manifest.data).toMatchObject({ scenes: 1, played: 1, skipped: 1 });
    expect(manifest.remarks).toContain('1 record of the data could not be used and is in no figure.');
  });
});
