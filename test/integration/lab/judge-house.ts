import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliIo } from '../../../src/cli/cli-command.ts';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { ruled } from './ruled.ts';

export type JudgeHouse = {
  readonly double: ModelDouble;
  /** A path in a folder of this test's own. */
  path(name: string): string;
  /** Writes JSON Lines (or text as it is) and gives the path. */
  file(name: string, lines: readonly unknown[] | string): string;
  /** The objects of a file of JSON Lines. */
  lines(...names: readonly string[]): Record<string, unknown>[];
  /** `dramatis lab judge …` with the double as the judge. */
  judge(
    args: readonly string[],
    change?: Partial<CliIo>,
  ): Promise<{ code: number; out: string; err: string }>;
};

/** A folder, and a judge at a model double; closed when the test is over. */
export async function judgeHouse(options: ModelDoubleOptions = {}): Promise<JudgeHouse> {
  const double = await startModelDouble({ script: (request) => ruled(request, 'longer'), ...options });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-judge-'));
  onTestFinished(async () => {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const env = { MODEL: 'double-1', OPENAI_BASE_URL: double.url, STORE_URL: `sqlite://${path('store.db')}` };
  return {
    double,
    path,
    file(name, lines) {
      const text =
        typeof lines === 'string' ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileSync(path(name), text);
      return path(name);
    },
    lines: (...names) =>
      names.flatMap((name) =>
        readFileSync(path(name), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line)),
      ),
    async judge(args, change = {}) {
      const { io, out, err } = captureIo('', { ...change, env: { ...env, ...change.env } });
      const code = await runCli(['lab', 'judge', ...args], [listed('lab', lab)], io);
      return { code, out: out(), err: err() };
    },
  };
}
