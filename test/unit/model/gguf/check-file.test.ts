import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { checkHeader } from '../../../../src/model/gguf/check-header.ts';
import { checkMemory } from '../../../../src/model/gguf/check-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
const header = (version: number) => Buffer.from([...Buffer.from('GGUF'), version, 0, 0, 0, 1, 2, 3]);

describe('checkHeader', () => {
  test('passes a file that begins as GGUF does, and tells its size', async () => {
    await expect(checkHeader(file('fine.gguf', header(3)))).resolves.toBe(11);
  });

  test.each([
    ['text', () => file('text.gguf', 'Once upon a time'), 'is not a GGUF file'],
    ['nothing', () => file('empty.gguf', ''), 'is not a GGUF file'],
    ['six bytes', () => file('six.gguf', header(3).subarray(0, 6)), 'is cut short or damaged'],
    ['the first version', () => file('old.gguf', header(1)), 'of a kind that cannot be read'],
    ['a folder', () => folder, 'is not a file'],
    ['a path that leads nowhere', () => join(folder, 'none.gguf'), 'there is no file'],
    ['a path through a file', () => join(file('a.gguf', header(3)), 'b.gguf'), 'there is no file'],
  ])('%s is refused in one line that names it', async (_what, make, words) => {
    const path = make();
    const error: unknown = await checkHeader(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OperatorError);
    const { message } = error as OperatorError;
    expect(message).toContain(words);
    expect(message).toContain(path);
    expect(message).not.toContain('\n');
  });
});

describe('checkMemory', () => {
  const model = { path: 'large.gguf', contextSize: 8192 };
  const gigabytes = (count: number) => count * 1e9;

  test('passes what fits, to the byte', () => {
    expect(() => checkMemory(model, { weights: 600, context: 400 }, 1000)).not.toThrow();
    expect(() => checkMemory(model, { weights: 600, context: 400 }, 999)).toThrow(OperatorError);
  });

  test('says how much is needed, how much there is, and what would help', () => {
    const tooLong = { weights: gigabytes(4), context: gigabytes(5.1) };
    expect(() => checkMemory(model, tooLong, gigabytes(7.6))).toThrow(
      'large.gguf needs about 9.1 GB of memory with a context of 8192 tokens, and this machine has 7.6 GB: lower its contextSize, or take a smaller file',
    );
    expect(() => checkMemory(model, { weights: gigabytes(20), context: 0 }, gigabytes(8))).toThrow(
      /has 8\.0 GB: take a smaller file$/u,
    );
  });
});
