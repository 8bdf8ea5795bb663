import { expect, test } from 'vitest';
import { selfplayResultSchema } from '../../../src/lab/selfplay/run/result.ts';
import { ACTOR, JUDGE, seed, selfplayHouse, USER } from './selfplay-house.ts';

const resultOf = (text: string) => selfplayResultSchema.parse(JSON.parse(text));

/** A published row: JSON within JSON, the prologue and a last line of the user’s among it. */
function row(seedId: string, model: string, run: number, word: string) {
  const lines = [
    { role: 'ai', text: '*She unties the rope.* Late again.', round: 0 },
    { role: 'user', text: 'Is there still a crossing?', round: 0 },
    { role: 'ai', text: `${word} one.`, round: 1 },
    { role: 'user', text: 'Thank you.', round: 1 },
    { role: 'ai', text: `${word} two.`, round: 2 },
    { role: 'user', text: 'And then?', round: 2 },
  ];
  return {
    seed_id: seedId,
    model_name: model,
    run_id: `run_${run}`,
    dialogue: JSON.stringify(lines),
    num_turns: 6,
  };
}

function scores(seedId: string, model: string, run: number, all: number) {
  const names = ['basics', 'logic', 'knowledge', 'diversity', 'content_logic', 'interaction'];
  return {
    seed_id: seedId,
    model_name: model,
    run_id: `run_${run}`,
    ...Object.fromEntries(names.map((name) => [name, all])),
  };
}

const WORDS = { good: 'Plain', fair: 'Clumsy', poor: 'Garbled' };

test('published dialogues are judged as they stand, and ranked beside the published scores', async () => {
  const house = await selfplayHouse((request) => {
    if (request.body.model !== JUDGE) return undefined;
    const grade = request.promptText.includes('Garbled')
      ? 'grave'
      : request.promptText.includes('Clumsy')
        ? 'minor'
        : '';
    const fault = { turn: 2, quote: '', what: 'words', kind: 'basics', severity: grade };
    return JSON.stringify({ faults: grade === '' ? [] : [fault] });
  });
  const models = Object.entries(WORDS);
  const dialogues = house.file('dialogues.jsonl', [
    ...models.flatMap(([model, word]) => [row('north', model, 1, word), row('north', model, 2, word)]),
    row('unknown', 'good', 1, 'Plain'),
    { seed_id: 'north', model_name: 'good', run_id: 'run_3', dialogue: 'not JSON' },
  ]);
  const published = { good: 90, fair: 80, poor: 70 };
  const evaluations = house.file(
    'evaluations.jsonl',
    Object.entries(published).flatMap(([model, all]) => [
      scores('north', model, 1, all),
      scores('north', model, 2, all),
    ]),
  );
  const data = house.file('seeds.jsonl', [seed('north')]);
  const { code, out, err } = await house.run([
    '--data',
    data,
    '--dialogues',
    dialogues,
    '--evaluations',
    evaluations,
    '--out',
    house.path('out'),
    '--json',
  ]);
  expect(code).toBe(0);
  expect(house.asked(ACTOR)).toHaveLength(0);
  expect(house.asked(USER)).toHaveLength(0);
  expect(house.asked(JUDGE)).toHaveLength(6);
  expect(err).toContain('the seeds have no unknown');
  expect(err).toContain('record 8: it is no dialogue');
  const { figures, calibration, cases, manifest } = resultOf(out);
  expect(cases[0]).toMatchObject({ id: 'north/good/run_1', exchanges: 2, model: 'good' });
  expect(figures.byModel['poor']?.['basics']?.mean).toBe(50);
  expect(figures.byModel['fair']?.['basics']?.mean).toBe(87.5);
  expect(calibration?.models.map(({ model, published: score, dialogues: n }) => [model, score, n])).toEqual([
    ['good', 90, 2],
    ['fair', 80, 2],
    ['poor', 70, 2],
  ]);
  expect(calibration?.spearman).toMatchObject({ overall: 1, basics: 1, logic: null });
  expect(manifest.roles).not.toHaveProperty('actor');
});

test('what a run played can be judged again by another judge', async () => {
  const house = await selfplayHouse();
  const data = house.file('seeds.jsonl', [seed('north'), seed('south')]);
  const args = ['--data', data, '--turns', '6', '--runs', '1'];
  await house.run([...args, '--out', house.path('first')]);
  const played = house.double.prompts.length;
  const { out } = await house.run([
    ...['--data', data, '--dialogues', house.path('first/dialogues.jsonl')],
    ...['--judge', 'other', '--out', house.path('second'), '--json'],
  ]);
  expect(house.asked('other')).toHaveLength(2);
  expect(house.double.prompts).toHaveLength(played + 2);
  const { cases } = resultOf(out);
  expect(cases.map(({ id, exchanges }) => [id, exchanges])).toEqual([
    [`north/${ACTOR}/run_1`, 3],
    [`south/${ACTOR}/run_1`, 3],
  ]);
});

test('flags that do not go together are bad use', async () => {
  const house = await selfplayHouse();
  const out = ['--out', house.path('out')];
  expect(await house.run([...out, '--dialogues', 'x'])).toMatchObject({ code: 2 });
  expect(await house.run([...out, '--evaluations', 'x'])).toMatchObject({ code: 2 });
  expect(await house.run([...out, '--prompts', 'x'])).toMatchObject({ code: 2 });
  expect(await house.run([...out, '--style', 'chess'])).toMatchObject({ code: 2 });
  expect(await house.run([])).toMatchObject({ code: 2 });
});

test('what a model thought within a published line is shown to no judge and kept nowhere', async () => {
  const house = await selfplayHouse();
  const dialogues = house.file('dialogues.jsonl', [
    row('north', 'good', 1, '<think>HUSHED</think><role_thinking>HUSHED</role_thinking>Plain'),
  ]);
  const seeds = house.file('seeds.jsonl', [seed('north')]);
  const { code } = await house.run(['--data', seeds, '--dialogues', dialogues, '--out', house.path('out')]);
  expect(code).toBe(0);
  expect(house.asked(JUDGE)[0]?.promptText).toContain('Plain two.');
  expect(JSON.stringify(house.double.prompts)).not.toContain('HUSHED');
  expect(JSON.stringify(house.lines('out/transcripts.jsonl'))).not.toContain('HUSHED');
});
