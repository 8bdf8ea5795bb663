import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../../../src/cli/lab/open-lab-models.ts';
import { OperatorError } from '../../../../../src/errors.ts';
import { ModelError } from '../../../../../src/model/chat-model.ts';
import { conversations, linesOf, newFolder, synth, synthRun, teacher, topicStep } from './synth-house.ts';

describe('a run', () => {
  test('takes every conversation through every step, in order, and counts what goes in and out', async () => {
    const run = synthRun({
      load: () => conversations(6, [2]),
      steps: [topicStep('think'), topicStep('plan')],
    });
    const model = teacher((prompt) => (prompt.endsWith('c-4') ? 'refused' : prompt));
    const { manifest, stopped } = await synth({ ...run, models: { teacher: model } });
    expect(stopped).toBeUndefined();
    expect(
      manifest.steps.map(({ name, state, in: into, out, rejected }) => [name, state, into, out, rejected]),
    ).toEqual([
      ['load', 'done', 6, 5, 1],
      ['think', 'done', 5, 4, 1],
      ['plan', 'done', 4, 4, 0],
    ]);
    expect(linesOf(run.out, '5-plan.jsonl').map(({ id }) => id)).toEqual(['c-0', 'c-1', 'c-3', 'c-5']);
    expect(linesOf(run.out, '5-plan.jsonl')[0].topic).toBe('plan: Name the topic. c-0');
    expect(manifest.steps[1]?.counts).toEqual({ named: 4 });
    expect(manifest.steps[1]?.models['teacher']).toMatchObject({
      calls: 5,
      promptTokens: 500,
      completionTokens: 50,
    });
  });

  test('keeps what it does not take, with the reason', async () => {
    const run = synthRun({ load: () => conversations(3, [1]) });
    await synth({
      ...run,
      models: { teacher: teacher((prompt) => (prompt.endsWith('c-0') ? 'refused' : 'x')) },
    });
    expect(linesOf(run.out, '1-load.rejects.jsonl')).toEqual([
      { step: 'load', why: 'broken', text: '{"half', detail: 'line 2' },
    ]);
    const [lost, kept] = linesOf(run.out, '2-think.rejects.jsonl');
    expect(lost).toMatchObject({ step: 'think', id: 'c-0', why: 'refused', record: { id: 'c-0' } });
    expect(kept).toEqual({ step: 'think', id: 'c-2', why: 'turn-kept', turn: 0 });
  });

  test('that is done asks nothing when it is begun again', async () => {
    const run = synthRun();
    await synth(run);
    const later = teacher(() => 'another');
    await synth({ ...run, models: { teacher: later } });
    expect(later.asked).toEqual([]);
    expect(linesOf(run.out, '2-think.jsonl')[0].topic).toBe('a ferry');
  });

  test('that broke off goes on where it was, with the answers that were there', async () => {
    const run = synthRun();
    const stop = new AbortController();
    const first = teacher((prompt) => {
      if (prompt.endsWith('c-3')) stop.abort(new Error('enough'));
      return prompt;
    });
    const { runSynth } = await import('../../../../../src/lab/synth/run/run-synth.ts');
    await expect(runSynth({ ...run, models: { teacher: first } }, stop.signal)).rejects.toThrow('enough');
    expect(existsSync(join(run.out, '2-think.jsonl'))).toBe(false);
    const second = teacher((prompt) => prompt);
    const { manifest } = await synth({ ...run, models: { teacher: second } });
    expect(manifest.steps[1]?.state).toBe('done');
    expect(second.asked.length).toBeLessThan(5);
    expect(linesOf(run.out, '2-think.jsonl')).toHaveLength(5);
  });

  test('stops where it is told to, and goes on another time', async () => {
    const run = synthRun({ steps: [topicStep('think'), topicStep('plan')] });
    const { manifest } = await synth({ ...run, until: 'think' });
    expect(manifest.steps.map(({ name }) => name)).toEqual(['load', 'think']);
    const later = await synth(run);
    expect(later.manifest.steps.map(({ name, state }) => [name, state])).toEqual([
      ['load', 'done'],
      ['think', 'done'],
      ['plan', 'done'],
    ]);
  });

  test('refuses a conversation that a step drops in silence', async () => {
    const silent = { ...topicStep('think'), work: async () => ({ rejects: [], counts: {} }) };
    await expect(synth(synthRun({ steps: [silent] }))).rejects.toThrow('dropped c-0 in silence');
  });
});

describe('what changed since', () => {
  test('is refused, with the prompt and its line', async () => {
    const run = synthRun();
    await synth(run);
    await expect(synth({ ...run, steps: [topicStep('think', 'Guess the topic.')] })).rejects.toThrow(
      /the step think was done with other settings: prompt ask was \w+, now \w+ \(line 1 was “Name the topic\.”, is “Guess the topic\.”\)/u,
    );
  });

  test('is refused before anything is asked, also where the step was only begun', async () => {
    const run = synthRun();
    const failing = teacher(() => {
      throw new ModelError('server-error', 'It is down.', { retryable: true });
    });
    const first = await synth({ ...run, models: { teacher: failing } });
    expect(first.stopped).toEqual({ step: 'think', why: 'It is down' });
    const other = teacher(() => 'x');
    await expect(
      synth({ ...run, steps: [topicStep('think', 'Guess.')], models: { teacher: other } }),
    ).rejects.toThrow(OperatorError);
    expect(other.asked).toEqual([]);
  });

  test('may be done anew, and all that follows with it', async () => {
    const run = synthRun({ steps: [topicStep('think'), topicStep('plan')] });
    await synth(run);
    const steps = [topicStep('think', 'Guess.'), topicStep('plan')];
    await synth({ ...run, steps, redo: 'think', models: { teacher: teacher((prompt) => prompt) } });
    expect(linesOf(run.out, '2-think.jsonl')[0].topic).toBe('think: Guess. c-0');
    expect(linesOf(run.out, '1-load.jsonl')).toHaveLength(5);
  });

  test('of a file is told', async () => {
    const run = synthRun();
    await synth(run);
    const changed = [{ path: 'a.jsonl', form: 'coser', bytes: 11, modified: 2, hash: async () => 'bb' }];
    await expect(synth({ ...run, sources: changed })).rejects.toThrow('a.jsonl is not what it was');
    const touched = [{ path: 'a.jsonl', form: 'coser', bytes: 10, modified: 2, hash: async () => 'aa' }];
    expect((await synth({ ...run, sources: touched })).stopped).toBeUndefined();
    const { sources: _sources, ...without } = run;
    expect((await synth(without)).stopped).toBeUndefined();
  });
});

describe('what cannot be done', () => {
  test('is said before anything is taken away: the load anew, without files', async () => {
    const run = synthRun();
    await synth(run);
    const { sources: _sources, ...without } = run;
    await expect(synth({ ...without, redo: 'load' })).rejects.toThrow('give the files');
    expect(linesOf(run.out, '2-think.jsonl')).toHaveLength(5);
    expect((await synth(without)).manifest.steps.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('a budget for a model that has no price', async () => {
    const { price: _price, ...free } = teacher(() => 'x');
    await expect(synth(synthRun({ models: { teacher: free }, budget: 1 }))).rejects.toThrow(
      'teacher has no price',
    );
    expect(free.asked).toEqual([]);
  });
});

describe('a model', () => {
  test('that refuses a request has its conversation put aside', async () => {
    const run = synthRun();
    const model = teacher((prompt) => {
      if (prompt.endsWith('c-1')) throw new ModelError('bad-request', 'Too long.', { retryable: false });
      return 'x';
    });
    const { manifest } = await synth({ ...run, models: { teacher: model } });
    expect(manifest.steps[1]).toMatchObject({
      state: 'done',
      out: 4,
      rejected: 1,
      rejects: { 'model-refused': 1 },
    });
  });

  test('of which enough tokens were used is asked no more', async () => {
    const { stopped } = await synth(synthRun({ concurrency: 1, mostTokens: 220 }));
    expect(stopped).toEqual({ step: 'think', why: 'the tokens that it may use are spent' });
  });

  test('that is spent is asked no more; with more allowed the run goes on', async () => {
    const run = synthRun({ concurrency: 1 });
    // A call costs 0.001.
    const first = teacher(() => 'x');
    const { stopped } = await synth({ ...run, models: { teacher: first }, budget: 0.002 });
    expect(stopped).toEqual({ step: 'think', why: 'the budget is spent' });
    expect(first.asked.length).toBeLessThan(5);
    const second = teacher(() => 'x');
    const { manifest } = await synth({ ...run, models: { teacher: second }, budget: 1 });
    expect(manifest.steps[1]).toMatchObject({ state: 'done', out: 5 });
    expect(first.asked.length + second.asked.length).toBe(5);
  });
});

describe('batches', () => {
  const answered = (folder: string, file: string, answer: (id: string) => string) =>
    linesOf(folder, file).map(({ custom_id, body }) => ({
      custom_id,
      response: {
        status_code: 200,
        body: {
          choices: [
            {
              message: { role: 'assistant', content: answer(body.messages[0].content) },
              finish_reason: 'stop',
            },
          ],
        },
      },
    }));

  test('are written, answered elsewhere in any order, and taken in; what is missing is waited for', async () => {
    const run = synthRun();
    const model = teacher(() => 'never');
    const written = await synth({ ...run, models: { teacher: model }, mode: { kind: 'write' } });
    expect(written.stopped?.step).toBe('think');
    expect(written.batches?.map(({ requests }) => requests)).toEqual([5]);
    expect(model.asked).toEqual([]);
    // Nothing is written a second time.
    expect((await synth({ ...run, mode: { kind: 'write' } })).batches).toEqual([]);

    const results = answered(run.out, 'batch-0001.jsonl', (prompt) => prompt).reverse();
    const [last, ...others] = results;
    const file = join(newFolder(), 'results.jsonl');
    const lines = [
      ...others,
      ...others.slice(0, 1),
      { custom_id: 'f'.repeat(32), response: null, error: 'x' },
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno result\n`);
    const mode = { kind: 'read', results: [file], read: readAnswer } as const;
    const first = await synth({ ...run, mode });
    expect(first.read).toEqual({ taken: 4, refused: 0, double: 1, unknown: 1, unread: 1 });
    expect(first.manifest.steps[1]).toMatchObject({ state: 'waiting', waiting: 1 });
    writeFileSync(file, `${JSON.stringify(last)}\n`);
    const second = await synth({ ...run, mode });
    expect(second.manifest.steps[1]).toMatchObject({ state: 'done', out: 5 });
    expect(linesOf(run.out, '2-think.jsonl').map(({ topic }) => topic.slice(-3))).toEqual([
      'c-0',
      'c-1',
      'c-2',
      'c-3',
      'c-4',
    ]);
  });
});

test('what a killed writer of batches left is no batch: all is written, and nothing else is there', async () => {
  const run = synthRun();
  writeFileSync(join(run.out, 'batch-0001.jsonl.part'), '{"custom_id": "half');
  const { batches } = await synth({ ...run, mode: { kind: 'write' } });
  expect(batches?.map(({ path, requests }) => [path, requests])).toEqual([
    [join(run.out, 'batch-0001.jsonl'), 5],
  ]);
  expect(linesOf(run.out, 'batch-0001.jsonl')).toHaveLength(5);
  expect(existsSync(join(run.out, 'batch-0001.jsonl.part'))).toBe(false);
});

test('the folder says what it was made of, and holds the prompts', async () => {
  const run = synthRun();
  const { manifest } = await synth(run);
  expect(JSON.parse(readFileSync(join(run.out, 'manifest.json'), 'utf8'))).toEqual(manifest);
  expect(manifest.sources).toEqual([
    { path: 'a.jsonl', form: 'coser', bytes: 10, modified: 1, sha256: 'aa' },
  ]);
  expect(JSON.parse(readFileSync(join(run.out, 'prompts-think.json'), 'utf8'))).toEqual({
    ask: 'Name the topic.\nBriefly.',
  });
});
