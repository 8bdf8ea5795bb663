import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, hashOf } from '../../../../src/lab/calls/call.ts';
import { openJournal } from '../../../../src/lab/calls/journal.ts';

const run = promisify(execFile);
const FULL = 'cannot be written any more: see whether the disk is full; what is in it is kept.';
const folder = mkdtempSync(join(tmpdir(), 'dramatis-journal-'));
let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `${files}.jsonl`);
}

function call(of: string, text = of): Call {
  const usage = {
    model: 'm',
    promptTokens: 1,
    cachedTokens: 0,
    completionTokens: 1,
    msToFirst: 0,
    msToLast: 0,
  };
  return { key: hashOf(of), text, end: 'stop', usage };
}

describe('a journal', () => {
  test('gives back what was appended, now and after it was opened again', async () => {
    const path = newPath();
    const calls = [call('a', 'ä\n"quoted" 😀'), call('b', ''), call('c', 'x'.repeat(200_000))];
    const first = await openJournal(path);
    await Promise.all(calls.map((one) => first.append(one)));
    for (const one of calls) expect(await first.read(one.key)).toEqual(one);
    await first.close();
    const again = await openJournal(path);
    expect(again.size).toBe(3);
    for (const one of calls) expect(await again.read(one.key)).toEqual(one);
    expect(await again.read(hashOf('d'))).toBeUndefined();
    await again.close();
  });

  test('keeps the first answer to a request', async () => {
    const journal = await openJournal(newPath());
    await journal.append(call('a', 'first'));
    await journal.append(call('a', 'second'));
    expect((await journal.read(hashOf('a')))?.text).toBe('first');
    await journal.close();
  });

  test('wherever a file was cut off, whole lines are kept and it can be appended to', async () => {
    const whole = newPath();
    const journal = await openJournal(whole);
    for (const name of ['a', 'b', 'c']) await journal.append(call(name));
    await journal.close();
    const bytes = readFileSync(whole);
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (length) => {
        writeFileSync(path, bytes.subarray(0, length));
        const kept = bytes.subarray(0, length).toString().split('\n').length - 1;
        const cut = await openJournal(path);
        expect(cut.size).toBe(kept);
        await cut.append(call('new'));
        await cut.close();
        const again = await openJournal(path);
        expect(again.size).toBe(kept + 1);
        expect(await again.read(hashOf('new'))).toEqual(call('new'));
        await again.close();
      }),
      { numRuns: 60 },
    );
  });

  test('what comes at once stands in the order in which it came, each once', async () => {
    const path = newPath();
    const journal = await openJournal(path);
    const names = ['c', 'a', 'c', 'b', 'a'];
    await Promise.all(names.map((name, at) => journal.append(call(name, `${at}`))));
    const late = journal.append(call('d'));
    await journal.close();
    await late;
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).text)).toEqual(['0', '1', '3', 'd']);
  });

  // A process may be told to write no file beyond a size: as a full disk is, half a line may still fit.
  test.skipIf(process.platform === 'win32')(
    'on a full disk says so once, and what fitted is kept',
    async () => {
      const path = newPath();
      const script = fileURLToPath(new URL('../../../fixtures/lab/fill-journal.ts', import.meta.url));
      const command = 'ulimit -f 8; exec "$0" "$1" "$2"';
      const { stdout } = await run('sh', ['-c', command, process.execPath, script, path]);
      const { kept, failures } = JSON.parse(stdout);
      expect(failures).toEqual(Array.from({ length: 3 }, () => `OperatorError: ${path} ${FULL}`));
      const again = await openJournal(path);
      expect(again.size).toBe(kept);
      expect(kept).toBeGreaterThan(0);
      await again.append(call('later'));
      expect(await again.read(hashOf('later'))).toEqual(call('later'));
      await again.close();
    },
  );

  test('passes over lines that are no answers', async () => {
    const path = newPath();
    writeFileSync(path, `nonsense\n{"key":"x"}\n\n${JSON.stringify(call('a'))}\n`);
    const journal = await openJournal(path);
    expect(journal.size).toBe(1);
    await journal.close();
    appendFileSync(path, '\n');
    const again = await openJournal(path);
    expect(await again.read(hashOf('a'))).toEqual(call('a'));
    await again.close();
  });
});
