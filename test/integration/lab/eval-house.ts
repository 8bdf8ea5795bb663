import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliIo } from '../../../src/cli/cli-command.ts';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { type EvalResult, evalResultSchema } from '../../../src/lab/eval/result.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { EVAL_MODELS, evalAnswer } from './eval-answers.ts';
import { evalScenes } from './eval-scenes.ts';

export type EvalHouse = {
  readonly double: ModelDouble;
  readonly env: Readonly<Record<string, string>>;
  /** A path in a folder of this test's own. */
  path(name: string): string;
  /** Writes JSON (or text as it is) and gives the path. */
  file(name: string, content: unknown): string;
  read(name: string): string;
  /** What `results.json` of a folder holds. */
  results(folder: string): EvalResult;
  /** `dramatis lab eval coser …`: four models at the double. */
  coser(
    args: readonly string[],
    change?: Partial<CliIo>,
  ): Promise<{ code: number; out: string; err: string }>;
};

/** Flags that name the data (so many scenes) and the four models. */
export function evalArgs(house: EvalHouse, scenes: number): readonly string[] {
  const data = house.file(`scenes-${scenes}.json`, evalScenes(scenes));
  const models = Object.entries(EVAL_MODELS).flatMap(([role, name]) => [`--${role}`, name]);
  return ['--data', data, ...models, '--rounds', '4', '--concurrency', '8'];
}

/** A folder, and models at a double; closed when the test is over. */
export async function evalHouse(options: ModelDoubleOptions = {}): Promise<EvalHouse> {
  const double = await startModelDouble({ script: evalAnswer, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-eval-'));
  onTestFinished(async () => {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const env = { MODEL: 'double-1', OPENAI_BASE_URL: double.url };
  const read = (name: string) => readFileSync(path(name), 'utf8');
  return {
    double,
    env,
    path,
    file(name, content) {
      writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
      return path(name);
    },
    read,
    results: (name) => evalResultSchema.parse(JSON.parse(read(join(name, 'results.json')))),
    async coser(args, change = {}) {
      const { io, out, err } = captureIo('', { ...change, env: { ...env, ...change.env } });
      const code = await runCli(['lab', 'eval', 'coser', ...args], [listed('lab', lab)], io);
      return { code, out: out(), err: err() };
    },
  };
}

/** Results without what differs from run to run: times. */
export function withoutTimes({ manifest, cases, ...rest }: EvalResult) {
  const { started: _started, ended: _ended, roles, ...told } = manifest;
  return {
    ...rest,
    manifest: {
      ...told,
      roles: Object.fromEntries(
        Object.entries(roles).map(([role, { latency: _latency, ...use }]) => [role, use]),
      ),
    },
    cases: cases.map(({ ms: _ms, ...one }) => one),
  };
}
