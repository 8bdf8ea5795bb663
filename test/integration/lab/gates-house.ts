import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { gatesAnswer } from '../../doubles/teacher/gates.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

/** A folder, and judges at a model double, which answer as the teacher’s double does unless told otherwise. */
export async function gatesHouse(
  script: (request: RecordedRequest) => Reply | undefined = ({ body }) => gatesAnswer(body.messages ?? []),
) {
  const double = await startModelDouble({ script, models: ['a', 'b'] });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-gates-'));
  onTestFinished(async () => {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  return {
    double,
    path,
    text: (name: string) => readFileSync(path(name), 'utf8'),
    file(name: string, lines: readonly unknown[]): string {
      writeFileSync(path(name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return path(name);
    },
    async gates(...args: readonly string[]) {
      const env = { MODEL: 'a', OPENAI_BASE_URL: double.url, STORE_URL: `sqlite://${path('store.db')}` };
      const { io, out, err } = captureIo('', { env });
      const code = await runCli(['lab', 'gates', ...args], [listed('lab', lab)], io);
      return { code, out: out(), err: err() };
    },
  };
}
