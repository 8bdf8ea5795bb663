import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { writeLines } from '../../../../src/lab/folder/write-lines.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-lines-'));

async function* numbers(count: number, error?: Error) {
  for (let number = 0; number < count; number += 1) yield { number, text: 'x'.repeat(100) };
  if (error) throw error;
}

describe('lines', () => {
  test('are there, all of them, one a line', async () => {
    const path = join(folder, 'all.jsonl');
    await writeLines(path, numbers(2000));
    const read = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(read.map((line) => JSON.parse(line).number)).toEqual(Array.from({ length: 2000 }, (_, at) => at));
  });

  test('that end in an error leave no file', async () => {
    const path = join(folder, 'half.jsonl');
    const error = new Error('no more');
    await expect(writeLines(path, numbers(3, error))).rejects.toBe(error);
    expect(existsSync(path)).toBe(false);
  });

  test('cannot be written where there is no folder', async () => {
    await expect(writeLines(join(folder, 'no', 'where.jsonl'), numbers(2000))).rejects.toThrow(OperatorError);
  });

  // A process may be told to write no file beyond a size, as on a full disk.
  test.skipIf(process.platform === 'win32')('say which file a full disk has no room for', async () => {
    const path = join(folder, 'full.jsonl');
    const script = fileURLToPath(new URL('../../../fixtures/lab/fill-lines.ts', import.meta.url));
    const { stdout } = await run('sh', [
      '-c',
      'ulimit -f 8; exec "$0" "$1" "$2"',
      process.execPath,
      script,
      path,
    ]);
    expect(stdout).toBe(`OperatorError: ${path} cannot be written: check --out.`);
    expect(existsSync(path)).toBe(false);
  });
});
