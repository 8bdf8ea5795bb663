import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openJudges } from '../../../src/cli/lab/open-lab-models.ts';
import { readEnvironment } from '../../../src/config/environment.ts';
import { shippedPrinciples } from '../../../src/judge/principles/shipped.ts';
import { runJudge } from '../../../src/lab/judge/run-judge.ts';
import type { JudgeRule } from '../../doubles/model/judge-answer.ts';
import { promptTextOf, requestBodySchema } from '../../doubles/model/recorded-request.ts';
import { type JudgeHouse, judgeHouse } from './judge-house.ts';
import { ruled } from './ruled.ts';
import { sampleItems } from './sample-items.ts';

type Row = Record<string, unknown>;

/** What the double would have answered to a line of a batch file. */
function answerTo(row: Row, rule: JudgeRule = 'longer'): string {
  const body = requestBodySchema.parse(row['body']);
  const promptText = promptTextOf(body);
  const request = { method: 'POST', path: '', query: '', headers: {}, closedEarly: false };
  return ruled({ ...request, body, promptText, closed: Promise.resolve() }, rule) ?? '';
}

/** A line of results, as OpenAI and vLLM write it. */
function result({ custom_id }: Row, content: string): Row {
  const message = { role: 'assistant', content };
  const body = {
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
  return { id: 'batch_req_1', custom_id, response: { status_code: 200, request_id: 'r', body }, error: null };
}

const refusals: Readonly<Record<string, (row: Row) => Row>> = {
  'OpenAI, in its error file': ({ custom_id }) => ({
    id: 'batch_req_2',
    custom_id,
    response: { status_code: 400, request_id: 'r', body: { error: { message: 'no' } } },
    error: null,
  }),
  'OpenAI, expired': ({ custom_id }) => ({
    id: 'batch_req_3',
    custom_id,
    response: null,
    error: { code: 'batch_expired', message: 'too late' },
  }),
  'vLLM, among the answers': ({ custom_id }) => ({
    id: 'vllm-1',
    custom_id,
    response: { status_code: 400, request_id: 'r', body: null },
    error: 'no',
  }),
};

const batches = (house: JudgeHouse) =>
  readdirSync(house.path('out'))
    .filter((name) => /^batch-\d+\.jsonl$/.test(name))
    .sort();

/** Asks for a batch file, and gives the requests in what was written by that. */
async function writeBatch(house: JudgeHouse, ...args: readonly string[]): Promise<Row[]> {
  const { code, out } = await house.judge([
    ...args,
    '--out',
    house.path('out'),
    '--batch',
    'write',
    '--json',
  ]);
  expect(code).toBe(0);
  const written: { path: string }[] = JSON.parse(out).batches;
  return written.flatMap(({ path }) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

async function readBatch(house: JudgeHouse, ...results: readonly string[]) {
  const { out, err } = await house.judge([
    ...results,
    '--out',
    house.path('out'),
    '--batch',
    'read',
    '--json',
  ]);
  return out === '' ? { err } : JSON.parse(out);
}

/** Verdicts without what only the clock and the way of asking tell. */
function told(house: JudgeHouse, folder: string): unknown {
  return house.lines(`${folder}/verdicts.jsonl`).map((line) => {
    const orders = Object(line)['orders'].map((order: Row) => ({ ...order, usage: [] }));
    return { ...line, orders };
  });
}

describe('a batch', () => {
  test('says what the same answers say online, in whatever order they come', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(5));
    const rows = await writeBatch(house, items);
    expect(house.double.prompts).toHaveLength(0);
    expect(rows).toHaveLength(10);
    expect(new Set(rows.map(({ custom_id }) => custom_id)).size).toBe(10);
    for (const row of rows) {
      expect(row).toMatchObject({ method: 'POST', url: '/v1/chat/completions', body: { model: 'double-1' } });
      expect(row['body']).not.toHaveProperty('stream');
      expect(row['body']).not.toHaveProperty('stream_options');
    }
    const results = house.file(
      'results.jsonl',
      rows.toReversed().map((row) => result(row, answerTo(row))),
    );
    expect(await readBatch(house, results)).toMatchObject({ read: { taken: 10, refused: 0, unknown: 0 } });

    // The same folder's names, so that the same is asked.
    const run = readFileSync(house.path('out/run.json'), 'utf8');
    await house.judge([items, '--out', house.path('online')]);
    writeFileSync(house.path('online/run.json'), run);
    const online = await house.judge([items, '--out', house.path('online')]);
    expect(online.code).toBe(0);
    expect(told(house, 'out')).toEqual(told(house, 'online'));
    // What the double was sent is what stands in the file, but for streaming.
    const sent = house.double.prompts.slice(-10).map(({ body }) => {
      const { stream: _stream, stream_options: _options, ...rest } = body;
      return JSON.stringify(rest);
    });
    expect(rows.map(({ body }) => JSON.stringify(body)).sort()).toEqual(sent.sort());
  });

  test.each(Object.entries(refusals))('refused by %s: counted, and written again', async (_who, refuse) => {
    const house = await judgeHouse();
    const rows = await writeBatch(house, house.file('items.jsonl', sampleItems(3)));
    const [bad, ...good] = rows;
    const output = house.file(
      'output.jsonl',
      good.map((row) => result(row, answerTo(row))),
    );
    const errors = house.file('errors.jsonl', bad ? [refuse(bad)] : []);
    const read = await readBatch(house, output, errors);
    expect(read).toMatchObject({ read: { taken: 5, refused: 1 }, summary: { judges: [{ pending: 1 }] } });
    const again = await writeBatch(house);
    expect(again).toEqual([bad]);
    expect(batches(house)).toEqual(['batch-0001.jsonl', 'batch-0002.jsonl']);
  });

  test('ids of elsewhere, ids that came before, and lines that are no results are counted', async () => {
    const house = await judgeHouse();
    const rows = await writeBatch(house, house.file('items.jsonl', sampleItems(1)));
    const results = rows.map((row) => result(row, answerTo(row)));
    const [first = {}] = results;
    const lines = [...results, first, { ...first, custom_id: 'of-another' }];
    const file = house.file(
      'r.jsonl',
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnonsense\n{"id":1}\n`,
    );
    expect(await readBatch(house, file)).toMatchObject({
      read: { taken: 2, double: 1, unknown: 1, unread: 2, refused: 0 },
      summary: { judges: [{ pending: 0 }] },
    });
  });

  test('an answer that cannot be read is asked again by the next file, as it is online', async () => {
    const house = await judgeHouse();
    const rows = await writeBatch(house, house.file('items.jsonl', sampleItems(2)));
    const results = rows.map((row, at) => result(row, at === 0 ? 'Both are nice.' : answerTo(row)));
    const read = await readBatch(house, house.file('r1.jsonl', results));
    expect(read).toMatchObject({ read: { taken: 4 }, summary: { judges: [{ pending: 1 }] } });

    const repairs = await writeBatch(house);
    expect(repairs).toHaveLength(1);
    expect(rows.map(({ custom_id }) => custom_id)).not.toContain(repairs[0]?.['custom_id']);
    const repaired = house.file(
      'r2.jsonl',
      repairs.map((row) => result(row, answerTo(row))),
    );
    const after = await readBatch(house, repaired);
    expect(after.summary.judges).toMatchObject([
      { pending: 0, bias: { counts: { repaired: 1, missing: 0 } } },
    ]);
    expect(await writeBatch(house)).toEqual([]);
  });

  test('a knock-out is asked round by round', async () => {
    const house = await judgeHouse();
    const candidates = ['a', 'bb', 'ccc', 'dddd', 'eeeee'].map((text) => ({ model: text[0], text }));
    const items = house.file('items.jsonl', sampleItems(1, { candidates }));
    const rounds: number[] = [];
    for (;;) {
      const rows = await writeBatch(house, items, '--pairs', 'knockout');
      if (rows.length === 0) break;
      rounds.push(rows.length);
      const file = house.file(
        `r${rounds.length}.jsonl`,
        rows.map((row) => result(row, answerTo(row))),
      );
      await house.judge([file, '--out', house.path('out'), '--batch', 'read', '--pairs', 'knockout']);
    }
    expect(rounds).toEqual([4, 2, 2]);
    expect(house.lines('out/verdicts.jsonl')).toHaveLength(4);
  });

  test('one model a file; results of both are read at once', async () => {
    const house = await judgeHouse();
    const judges = ['--judge', 'strict', '--judge', 'mild'];
    const rows = await writeBatch(house, house.file('items.jsonl', sampleItems(3)), ...judges);
    expect(rows).toHaveLength(12);
    for (const name of batches(house)) {
      const models = house.lines(`out/${name}`).map(({ body }) => Object(body).model);
      expect(new Set(models).size).toBe(1);
    }
    const file = house.file(
      'r.jsonl',
      rows.map((row) => result(row, answerTo(row))),
    );
    const { out } = await house.judge([
      file,
      '--out',
      house.path('out'),
      '--batch',
      'read',
      '--json',
      ...judges,
    ]);
    expect(JSON.parse(out)).toMatchObject({ read: { taken: 12 }, summary: { between: [{ agreement: 1 }] } });
  });

  test('a run that is gone on with online takes what the batch has answered', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(2));
    const [first = {}] = await writeBatch(house, items);
    await readBatch(house, house.file('r.jsonl', [result(first, answerTo(first))]));
    const { out } = await house.judge([items, '--out', house.path('out'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ known: 1, asked: 3, summary: { judges: [{ pending: 0 }] } });
  });

  test('without files that were judged here there is nothing to read against', async () => {
    const house = await judgeHouse();
    expect((await readBatch(house, house.file('r.jsonl', []))).err).toMatch(/begun with no files/);
  });
});

test('files end at the limits of requests and of bytes', async () => {
  const house = await judgeHouse();
  const items = house.file('items.jsonl', sampleItems(6));
  const env = { MODEL: 'm', OPENAI_BASE_URL: house.double.url };
  const { signal } = new AbortController();
  const settings = readEnvironment(env, house.path('no-models.yaml'));
  const { judges } = await openJudges(settings, { names: [], concurrency: undefined }, signal);
  const write = (out: string, limits: { requests: number; bytes: number }) =>
    runJudge(
      {
        files: [items],
        out: house.path(out),
        judges,
        principles: shippedPrinciples(),
        pairing: { kind: 'all' },
        concurrency: 2,
        seed: 0,
        mode: { kind: 'write', limits },
        progress: () => {},
      },
      signal,
    );
  const byCount = await write('count', { requests: 5, bytes: 1e9 });
  expect(byCount.batches?.map(({ requests }) => requests)).toEqual([5, 5, 2]);
  const bytes = statSync(byCount.batches?.[0]?.path ?? '').size;
  const bySize = await write('size', { requests: 1e9, bytes: Math.ceil(bytes / 2) });
  for (const { path } of bySize.batches ?? [])
    expect(statSync(path).size).toBeLessThanOrEqual(Math.ceil(bytes / 2));
  expect(bySize.batches?.reduce((sum, { requests }) => sum + requests, 0)).toBe(12);
});
