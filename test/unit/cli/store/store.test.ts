import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { doctor } from '../../../../src/cli/doctor/doctor.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';
import { sealingNotes } from '../../../../src/cli/start/start-screen.ts';
import { store as command } from '../../../../src/cli/store/store.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { listed } from '../../../support/listed-command.ts';
import { captureIo } from '../capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-seal-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [A, B] = [Buffer.alloc(32, 0xa).toString('base64'), Buffer.alloc(32, 0xb).toString('hex')];

async function run(args: readonly string[], env: Record<string, string>) {
  const { io, out, err } = captureIo('', { env: { MODEL: 'understudy', ...env } });
  return {
    code: await runCli(args, [listed('store', command), listed('doctor', doctor)], io),
    out: out(),
    err: err(),
  };
}

describe('dramatis store seal', () => {
  test('rotates a key: new one first, seal, old one out', async () => {
    const STORE_URL = `sqlite://${join(folder, 'rotated.db')}`;
    const store = await openStore(STORE_URL, [Buffer.from(A, 'base64')]);
    await store.put('person', 'p', { name: 'Anne' });
    await store.close();

    const sealed = await run(['store', 'seal'], { STORE_URL, DATA_KEY: `${B},${A}` });
    expect(sealed).toMatchObject({ code: 0, err: '' });
    expect(sealed.out).toContain(
      '1 values sealed, 0 were already\nOnly the first key of DATA_KEY is needed now',
    );
    const again = await run(['store', 'seal', '--json'], { STORE_URL, DATA_KEY: B });
    expect(JSON.parse(again.out)).toEqual({ sealed: 0, kept: 1, problems: [] });
    const wrong = await run(['store', 'seal'], { STORE_URL, DATA_KEY: A });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/person p is sealed with the key [0-9a-f]{8}, which is not here/);
    expect(wrong.out).toContain('Keep every key');
  });

  test('shows a few of many problems, and counts the rest', async () => {
    const STORE_URL = `sqlite://${join(folder, 'many.db')}`;
    const store = await openStore(STORE_URL, [Buffer.from(A, 'base64')]);
    for (let n = 1; n <= 30; n += 1) await store.put('person', `${n}`, {});
    await store.close();
    const { code, out, err } = await run(['store', 'seal'], { STORE_URL, DATA_KEY: B });
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(6);
    expect(err).toContain('and 25 more like these');
    expect(out).toContain('30 could not be opened');
  });

  test.each([
    ['no action', ['store'], { STORE_URL: 'memory:' }, 'say seal'],
    ['a flag that is none', ['store', 'seal', '--fast'], { STORE_URL: 'memory:' }, '--help tells'],
    ['a store that keeps nothing', ['store', 'seal'], { STORE_URL: 'memory:' }, 'set STORE_URL'],
    ['a key that is none', ['store', 'seal'], { DATA_KEY: 'CANARY' }, 'DATA_KEY must be 32 random bytes'],
  ])('%s is one clear line and exit code 2', async (_what, args, env, line) => {
    const { code, err } = await run(args, env);
    expect(code).toBe(2);
    expect(err).toContain(line);
    expect(err.trim()).not.toContain('\n');
    expect(err).not.toContain('CANARY');
  });
});

describe('doctor', () => {
  test('tells where the key of a store lies, unless it is kept elsewhere', async () => {
    const STORE_URL = `sqlite://${join(folder, 'looked-at.db')}`;
    const beside = await run(['doctor'], { STORE_URL });
    expect(beside.out).toMatch(
      /^ok {5}sealing: .*looked-at\.db\.key, and the key lies beside what it protects/m,
    );
    const elsewhere = await run(['doctor'], { STORE_URL: `${STORE_URL}2`, DATA_KEY: A });
    expect(elsewhere.out).not.toContain('sealing');
  });
});

test('the start screen warns of a key beside its database, and of words that are not sealed', () => {
  const key = Buffer.from(A, 'base64');
  const note = (storeUrl: string, dataKeys: readonly Uint8Array[]) => sealingNotes({ storeUrl, dataKeys });
  expect(note('sqlite://x.db', [])).toEqual([
    ['key', expect.stringContaining('set DATA_KEY to keep it elsewhere')],
  ]);
  expect(note('redis://host', [])).toEqual([['key', expect.stringContaining('stored unsealed')]]);
  expect(note('redis://host', [key])).toEqual([]);
  expect(note('memory:', [])).toEqual([]);
});
