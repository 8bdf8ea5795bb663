import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../fixtures/lab/synth-many.ts', import.meta.url));

/** The heap at its largest, with so many conversations. Bytes. */
async function peakOf(count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', SCRIPT, String(count)]);
  const { peak, out } = JSON.parse(stdout) as { peak: number; out: number[] };
  expect(out).toEqual([count, count]);
  return peak;
}

test('memory does not grow with the number of conversations, calls and rejects', async () => {
  const few = await peakOf(1000);
  const many = await peakOf(10_000);
  // A hundred characters kept of each would be more.
  expect((many - few) / 9000).toBeLessThan(200);
}, 120_000);
