import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { jsonRows } from '../../../../src/lab/check/rows/json-rows.ts';
import { parquetRows } from '../../../../src/lab/check/rows/parquet-rows.ts';
import { MESSAGES } from '../../../../src/lab/export/engines/columns.ts';
import { openParquetFile } from '../../../../src/lab/export/files/parquet-file.ts';

const { signal } = new AbortController();

function file(name: string, bytes: Uint8Array | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-rows-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

async function faults(bytes: Uint8Array | string) {
  const rows = await Array.fromAsync(jsonRows(file('rows.jsonl', bytes), signal));
  return rows.map(({ row, value, faults: found }) => [row, value, ...found.map(({ fault }) => fault)]);
}

test('whole lines are rows, with U+2028 in their strings', async () => {
  expect(await faults('{"a":"x\u2028y"}\n{"a":2}\n')).toEqual([
    [1, { a: 'x\u2028y' }],
    [2, { a: 2 }],
  ]);
});

test('what is wrong with how a file is written is told by its line, and the rest is read', async () => {
  expect(await faults('\uFEFF{"a":1}\r\n\n[1]\n{"a":\n{"a":5}')).toEqual([
    [1, { a: 1 }, 'byte-order-mark', 'carriage-return'],
    [2, undefined, 'blank-line'],
    [3, undefined, 'no-object'],
    [4, undefined, 'not-json'],
    [5, { a: 5 }, 'no-end-of-line'],
  ]);
});

test('bytes that are no UTF-8 are no text: UTF-16, Latin-1, half of a character', async () => {
  const latin = Buffer.concat([Buffer.from('{"a":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n{"a":1}\n')]);
  expect(await faults(latin)).toEqual([
    [1, undefined, 'not-utf-8'],
    [2, { a: 1 }],
  ]);
  const [first] = await Array.fromAsync(
    jsonRows(file('utf16.jsonl', Buffer.from('\uFEFF{"a":1}\n', 'utf16le')), signal),
  );
  expect(first?.faults).toEqual([{ fault: 'not-utf-8', what: 'the file seems to be UTF-16' }]);
});

test('a list of JSON is no rows: one fault, and nothing else is read', async () => {
  expect(await faults('[\n  {"a":1},\n  {"a":2}\n]\n')).toEqual([[1, undefined, 'json-list']]);
  expect(await faults('[{"a":1}]\n')).toEqual([[1, undefined, 'json-list']]);
});

test('lines that cross the pieces in which a file is read', async () => {
  const long = 'ä'.repeat(100_000);
  expect(await faults(`{"a":"${long}"}\n{"a":"${long}b"}\n`)).toEqual([
    [1, { a: long }],
    [2, { a: `${long}b` }],
  ]);
});

test('a file of Parquet is read group by group, whole numbers and nothing as they are', async () => {
  const path = join(file('x', ''), '..', 'rows.parquet');
  const out = await openParquetFile(path, {
    messages: MESSAGES,
    extra: { struct: { index: 'int64', text: 'string' } },
  });
  const count = 2300;
  for (let at = 0; at < count; at += 1) {
    const row = {
      messages: [{ role: 'user', content: `Say ${at}` }],
      extra: { index: at, text: at === 0 ? null : '' },
    };
    await out.write(row, JSON.stringify(row));
  }
  await out.keep();
  const rows = await Array.fromAsync(parquetRows(path, signal));
  expect(rows).toHaveLength(count);
  expect(rows[0]).toEqual({
    row: 1,
    value: { messages: [{ role: 'user', content: 'Say 0' }], extra: { index: 0n, text: null } },
    faults: [],
  });
  expect(rows.at(-1)).toEqual({
    row: count,
    value: { messages: [{ role: 'user', content: 'Say 2299' }], extra: { index: 2299n, text: '' } },
    faults: [],
  });
});

test('what only calls itself Parquet is one fault', async () => {
  const [only, ...more] = await Array.fromAsync(parquetRows(file('x.parquet', '{"a":1}\n'), signal));
  expect(only?.faults.map(({ fault }) => fault)).toEqual(['unreadable']);
  expect(more).toEqual([]);
});

test('a file that is not there is the operator’s to mend', async () => {
  await expect(Array.fromAsync(jsonRows('/nowhere/x.jsonl', signal))).rejects.toThrow(/cannot be read/);
  await expect(Array.fromAsync(parquetRows('/nowhere/x.parquet', signal))).rejects.toThrow(/cannot be read/);
});
