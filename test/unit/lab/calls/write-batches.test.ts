import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

// A process may be told to write no file beyond a size, as on a full disk.
test.skipIf(process.platform === 'win32')(
  'a full disk is said in one line, and no half of a batch file stays behind',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dramatis-batches-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const script = fileURLToPath(new URL('../../../fixtures/lab/fill-batches.ts', import.meta.url));
    const command = 'ulimit -f 8; exec "$0" "$1" "$2"';
    const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, script, folder]);
    const path = join(folder, 'batch-0001.jsonl');
    const why = `OperatorError: ${path} cannot be written: see whether the disk is full.`;
    expect(JSON.parse(stdout)).toEqual({ failures: [why] });
    expect(readdirSync(folder)).toEqual([]);
  },
);
