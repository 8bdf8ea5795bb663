import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { keyFileOf, makeKeyFile, readKeyFile } from '../../../../src/store/sealed/key-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a key file', () => {
  test('is made once, for its owner only, and holds 32 bytes', () => {
    const file = keyFileOf(join(folder, 'scenes.db'));
    expect(readKeyFile(file)).toEqual([]);
    const made = makeKeyFile(file);
    expect(made.map((key) => key.length)).toEqual([32]);
    expect(makeKeyFile(file)).toEqual(made);
    expect(readKeyFile(file)).toEqual(made);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['scenes.db.key']);
  });

  test.each(['', 'a letter', 'AAAA', '{"key":1}'])('that holds %j is refused, and left alone', (text) => {
    const file = join(folder, 'bad.key');
    writeFileSync(file, text);
    expect(() => readKeyFile(file)).toThrow(OperatorError);
    expect(() => makeKeyFile(file)).toThrow('holds no key: put it back');
    expect(readFileSync(file, 'utf8')).toBe(text);
    rmSync(file);
  });

  test('that cannot be made says what to do', () => {
    const nowhere = join(folder, 'none', 'scenes.db.key');
    expect(() => makeKeyFile(nowhere)).toThrow('see who may write in its folder, or set DATA_KEY');
  });

  test('made by several processes at once is one, and all have its key', async () => {
    const file = join(folder, 'raced.key');
    const script = fileURLToPath(new URL('key-making-process.ts', import.meta.url));
    const children = [1, 2, 3].map(() => {
      const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      return { child, lines };
    });
    for (const { lines } of children) expect((await lines.next()).value).toBe('ready');
    for (const { child } of children) child.stdin.write('go\n');
    const told = await Promise.all(children.map(async ({ lines }) => (await lines.next()).value));
    await Promise.all(children.map(({ child }) => child.exitCode ?? once(child, 'close')));
    const [key] = readKeyFile(file);
    expect(told).toEqual(children.map(() => Buffer.from(key ?? []).toString('hex')));
    expect(readdirSync(folder).filter((name) => name.startsWith('raced'))).toEqual(['raced.key']);
  });
});
