import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { linesIn } from '../../../../src/lab/folder/lines-in.ts';
import { linesOf } from '../../../../src/lab/judge/input/read-files.ts';

/** The text comes in pieces of so many bytes. */
function inPieces(text: string, size: number): Readable {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)));
}

const SEPARATED = JSON.stringify({ text: 'one\u2028two\u2029three\u0085four' });

test.each([1, 2, 3, 7, 1000])('lines end at line feeds alone, in pieces of %d bytes', async (size) => {
  const text = `\uFEFFé 🎭\r\n\r\n${SEPARATED}\nlast\rone`;
  expect(await Array.fromAsync(linesIn(inPieces(text, size)))).toEqual(['é 🎭', '', SEPARATED, 'last\rone']);
  expect(await Array.fromAsync(linesIn(inPieces(`${text}\n`, size)))).toHaveLength(4);
});

test('nothing has no lines', async () => {
  expect(await Array.fromAsync(linesIn(Readable.from([])))).toEqual([]);
});

test('so do those of files: a result of a batch with a separator in it is one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-lines-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'results.jsonl');
  writeFileSync(path, `${SEPARATED}\n${SEPARATED}\n`);
  expect(await Array.fromAsync(linesOf(path))).toEqual([SEPARATED, SEPARATED]);
});
