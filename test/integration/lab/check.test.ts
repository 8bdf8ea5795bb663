import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { CheckReport } from '../../../src/lab/check/check-export.ts';
import { VERL } from '../../../src/lab/export/engines/verl.ts';
import { openParquetFile } from '../../../src/lab/export/files/parquet-file.ts';
import { GOLDEN, HER_RELEASED } from '../../fixtures/lab/check/golden.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { judgedFolder, readingOf, twice, twoTurns } from '../../unit/lab/export/grm/judged-folder.ts';
import { plannedConversation } from '../../unit/lab/export/planned-conversation.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'dramatis-check-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function dramatis(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = captureIo('', {});
  const code = await runCli(['lab', ...args], [listed('lab', lab)], io);
  return { code, out: out(), err: err() };
}

async function check(...args: readonly string[]): Promise<{ code: number; report: CheckReport }> {
  const { code, out, err } = await dramatis('check', ...args, '--json');
  expect(err).toBe('');
  return { code, report: JSON.parse(out) };
}

const jsonLines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const rulesIn = ({ findings }: CheckReport) =>
  findings.map(({ rule, row }) => (row ? `${rule}:${row}` : rule));

/** A whole export: conversations with plans, and a folder of the judge’s. */
async function exported(...flags: readonly string[]): Promise<string> {
  const out = folder();
  const conversations = Array.from({ length: 24 }, (_, at) =>
    plannedConversation({ id: `ferry-${at}`, key: { book: `The Ferry House ${at}` } }),
  );
  writeFileSync(join(out, 'records.jsonl'), jsonLines(conversations));
  const cases = Array.from({ length: 40 }, (_, at) => ({
    id: `item-${at}`,
    scene: `scene-${at % 20}`,
    texts: twoTurns(),
    readings: twice(
      at % 5 === 0
        ? readingOf('tie', ['first', 'second', 'tie'])
        : readingOf(at % 2 ? 'first' : 'second', ['first', 'second', at % 2 ? 'first' : 'second']),
    ),
  }));
  const made = await dramatis(
    ...['export', join(out, 'records.jsonl'), '--out', join(out, 'data'), '--verdicts', judgedFolder(cases)],
    ...['--val', '0.2', '--test', '0.1', ...flags],
  );
  expect(made).toMatchObject({ code: 0, err: '' });
  return join(out, 'data');
}

test('a whole export breaks no rule of any engine; warnings say what depends on settings', async () => {
  const data = await exported('--form', 'jsonl,parquet');
  const { code, report } = await check(data);
  expect(report.findings.filter(({ level }) => level === 'error')).toEqual([]);
  expect({ code, ok: report.ok }).toEqual({ code: 0, ok: true });
  const engines = new Set(report.files.map(({ engine, kind, form }) => `${engine} ${kind} ${form}`));
  for (const one of ['ms-swift sft jsonl', 'trl rp-rl parquet', 'verl sft parquet', 'verl grm-rl jsonl']) {
    expect(engines).toContain(one);
  }
  const kinds = new Set(report.files.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['sft', 'sft-plain', 'grm-sft', 'grm-rl', 'rp-rl']));
  // The prompts of role-play are longer than verl bears by default.
  expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(
    new Set(['verl-learns-all', 'verl-prompt-length']),
  );
}, 60_000);

test('a file that was changed, cut, or taken away after the export is told', async () => {
  const data = await exported('--engine', 'trl', '--form', 'jsonl');
  appendFileSync(join(data, 'trl/sft.train.jsonl'), '{"id":"half');
  rmSync(join(data, 'trl/rp-rl.train.jsonl'));
  const { code, report } = await check(data);
  expect(code).toBe(1);
  const found = report.findings.map(({ file, rule }) => `${file} ${rule}`);
  expect(found.toSorted()).toEqual([
    'trl/rp-rl.train.jsonl file-missing',
    'trl/sft.train.jsonl no-end-of-line',
    'trl/sft.train.jsonl not-json',
    'trl/sft.train.jsonl sha256',
  ]);
}, 60_000);

test('a conversation in two splits is found, whichever engines and kinds', async () => {
  const data = await exported('--engine', 'trl', '--form', 'jsonl', '--kind', 'sft');
  const [moved = ''] = readFileSync(join(data, 'trl/sft.train.jsonl'), 'utf8').split('\n');
  const val = join(data, 'trl/sft.val.jsonl');
  writeFileSync(val, `${moved.replace(/"id":"([^"]*)"/u, '"id":"$1-again"')}\n`);
  const { report } = await check(data);
  expect(rulesIn(report).toSorted()).toEqual(['row-count', 'sha256', 'split-overlap:1'].toSorted());
}, 60_000);

test('LLaMA-Factory: without an entry of dataset_info.json the file is not found', async () => {
  const data = await exported('--engine', 'llama-factory', '--form', 'jsonl', '--kind', 'sft');
  expect((await check(data)).code).toBe(0);
  rmSync(join(data, 'llama-factory/dataset_info.json'));
  const { report } = await check(data);
  expect(new Set(rulesIn(report))).toEqual(new Set(['llama-factory-dataset-info']));
}, 60_000);

test('other people’s files are told by their columns: HER’s Parquet has no ground_truth for stock verl', async () => {
  const path = join(folder(), 'train.parquet');
  const { reward_model: _, ...columns } = VERL.rl?.columns ?? {};
  const out = await openParquetFile(path, {
    ...columns,
    reward_model: { struct: { answer: 'string', solution: 'string', style: 'string' } },
    extra_info: { struct: { better_response: 'string', golden_type: 'string', index: 'int64' } },
  });
  for (let at = 0; at < 7; at += 1) await out.write(HER_RELEASED, JSON.stringify(HER_RELEASED));
  await out.keep();
  const { code, report } = await check(path);
  expect(code).toBe(1);
  expect(report.files).toMatchObject([
    { engine: 'verl', kind: 'rp-rl', split: 'train', form: 'parquet', rows: 7 },
  ]);
  expect(report.files[0]?.found).toEqual({ 'verl-ground-truth': 7, 'no-reward-context': 7 });
  const [first] = report.findings;
  expect(first).toMatchObject({ rule: 'verl-ground-truth', row: 1, level: 'error' });
  expect(first?.effect).toContain('KeyError');
  // Of each rule a few are told, all are counted.
  expect(report.findings).toHaveLength(10);
  expect({ errors: report.errors, warnings: report.warnings }).toEqual({ errors: 7, warnings: 7 });
});

test('golden rows as files: each is known, and in order', async () => {
  const dir = folder();
  const paths = GOLDEN.filter(({ form }) => form === 'jsonl').map(({ engine, kind, row }) => {
    const path = join(dir, `${engine}.${kind}.jsonl`);
    // A judgement is there in both orders.
    const other = JSON.parse(
      JSON.stringify(row).replaceAll(/(cand_)([12])/gu, (_, name, place) => name + (3 - Number(place))),
    );
    const mirrored = { ...other, id: 'grm/ferry/0-1/2' };
    if (other.extra_info) mirrored.extra_info = { ...other.extra_info, trace_id: 'grm/ferry/0-1/2' };
    if (engine === 'verl') delete mirrored.id;
    writeFileSync(path, jsonLines(kind.startsWith('grm-') ? [row, mirrored] : [row]));
    return path;
  });
  const { report } = await check(...paths);
  expect(report.findings).toEqual([]);
  expect(report.files.map(({ engine }) => engine)).toEqual(
    GOLDEN.filter(({ form }) => form === 'jsonl').map(({ engine }) => engine),
  );
});

test('ids that are there twice, and pairs in one order or at odds with their mirror', async () => {
  const path = join(folder(), 'judge.jsonl');
  const row = (id: string, solution: string) => ({
    ...{ id, conversation: 'c', prompt: [{ role: 'user', content: 'Which is better?' }], solution },
  });
  writeFileSync(
    path,
    jsonLines([
      row('a/1', 'cand_1'),
      row('a/2', 'cand_2'),
      row('b/1', 'cand_1'),
      row('b/2', 'cand_1'),
      row('c/1', 'tie'),
      row('a/1', 'cand_1'),
    ]),
  );
  const { report } = await check(path);
  expect(rulesIn(report)).toEqual(['grm-orders:4', 'same-id:6', 'grm-one-order', 'grm-places']);
});

test('batch files: known by their lines, each fault with its line', async () => {
  const path = join(folder(), 'batch-0001.jsonl');
  const request = (id: string, model: string, more = {}) => ({
    ...{ custom_id: id, method: 'POST', url: '/v1/chat/completions' },
    body: { model, messages: [{ role: 'user', content: 'Well?' }], ...more },
  });
  const lines = [request('a', 'm'), request('b', 'other'), request('a', 'm', { stream: true })];
  writeFileSync(path, `${jsonLines(lines)}not json\n`);
  const { code, report } = await check(path);
  expect(code).toBe(1);
  expect(report.files[0]).toMatchObject({ engine: 'batch', rows: 3 });
  expect(rulesIn(report)).toEqual(['batch-one-model:2', 'batch-same-id:3', 'batch-stream:3', 'not-json:4']);
});

test('what came through Discord is an error, wherever it stands', async () => {
  const path = join(folder(), 'mine.jsonl');
  const [row] = GOLDEN.filter(({ engine }) => engine === 'llama-factory').map(({ row: one }) => one);
  writeFileSync(
    path,
    jsonLines([
      row,
      { ...row, id: 'b', 'dramatis-origin': 'discord' },
      { ...row, id: 'c', 'dramatis-origin': 'lab' },
    ]),
  );
  const { code, report } = await check(path);
  expect(code).toBe(1);
  expect(rulesIn(report)).toEqual(['discord-origin:2']);
});

test('lists within lists without end are one fault, and no crash', async () => {
  const path = join(folder(), 'deep.jsonl');
  const [row] = GOLDEN.filter(({ engine }) => engine === 'llama-factory').map(({ row: one }) => one);
  const deep = `${JSON.stringify(row).slice(0, -1)},"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n`;
  writeFileSync(path, jsonLines([row]) + deep);
  const { code, report } = await check(path);
  expect({ code, found: rulesIn(report) }).toEqual({ code: 1, found: ['too-deep:2'] });
});

test('columns of nobody’s, an empty file, and --engine for what columns do not tell', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'odd.jsonl'), '{"text":"a"}\n');
  writeFileSync(join(dir, 'empty.jsonl'), '');
  const odd = await check(join(dir, 'odd.jsonl'), join(dir, 'empty.jsonl'));
  expect(odd.code).toBe(1);
  expect(rulesIn(odd.report)).toEqual(['unknown-columns', 'empty-file']);
  const told = await check(join(dir, 'odd.jsonl'), '--engine', 'trl', '--kind', 'sft-plain');
  expect(rulesIn(told.report)).toEqual(['trl-form:1', 'no-messages:1']);
});

test('a person reads what is wrong, where, and what comes of it', async () => {
  const path = join(folder(), 'mine.jsonl');
  const messages = [
    { role: 'user', content: 'Well?' },
    { role: 'user', content: 'Well?' },
    { role: 'assistant', content: 'No.' },
  ];
  writeFileSync(path, jsonLines(Array.from({ length: 8 }, () => ({ messages }))));
  const { code, out } = await dramatis('check', path);
  expect(code).toBe(1);
  expect(out).toContain(`${path}: llama-factory, sft-plain, 8 rows\n`);
  expect(out).toContain(
    'error llama-factory-alternation: row 1: turn 2 is the user’s where the assistant’s is due\n',
  );
  expect(out).toContain('it is skipped in silence');
  expect(out).toContain('llama-factory-alternation: 3 more\n');
  expect(out.trimEnd().split('\n').at(-1)).toBe('1 file, 16 errors, 0 warnings');
});

test('bad use and bad paths get one line', async () => {
  expect(await dramatis('check')).toMatchObject({ code: 2, out: '' });
  expect((await dramatis('check', 'x', '--engine', 'axolotl')).err).toMatch(
    /--engine takes ms-swift, trl.*axolotl/,
  );
  expect(await dramatis('check', 'x', '--what')).toMatchObject({ code: 2 });
  expect(await dramatis('check', join(folder(), 'nowhere.jsonl'))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/cannot be read: check the path/),
  });
  const bare = await dramatis('check', folder());
  expect(bare.err).toMatch(/has no export\.json: name the files in it/);
  expect((await dramatis('check', '--help')).out).toContain('Usage: dramatis lab check');
});
