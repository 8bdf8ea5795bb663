import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { EXPORT_HELP, exportData } from '../../../src/cli/lab/export/export.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

/** A folder of this test’s own, and `dramatis lab export` in it. */
export function exportHouse(env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const command = { help: EXPORT_HELP, run: exportData };
  return {
    path,
    file(name: string, lines: readonly unknown[] | string): string {
      const text =
        typeof lines === 'string' ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileSync(path(name), text);
      return path(name);
    },
    text: (name: string) => readFileSync(path(name), 'utf8'),
    names: (name: string) => readdirSync(path(name)).toSorted(),
    lines: (name: string): Record<string, unknown>[] =>
      readFileSync(path(name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    async export(...args: readonly string[]) {
      const { io, out, err } = captureIo('', { env });
      const code = await runCli(['export', ...args], [listed('export', command)], io);
      return { code, out: out(), err: err() };
    },
  };
}
