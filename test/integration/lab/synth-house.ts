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
import { teach } from '../../doubles/teacher/teacher.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

export type SynthHouse = {
  readonly double: ModelDouble;
  readonly env: Readonly<Record<string, string>>;
  path(name: string): string;
  /** Writes JSON Lines (or text as it is) and gives the path. */
  file(name: string, lines: readonly unknown[] | string | Uint8Array): string;
  lines(name: string): Record<string, unknown>[];
  /** `dramatis lab …` with the double as the teacher. */
  run(args: readonly string[], change?: Partial<CliIo>): Promise<{ code: number; out: string; err: string }>;
};

/** A folder, and a teacher at a model double; closed when the test is over. */
export async function synthHouse(options: ModelDoubleOptions = {}): Promise<SynthHouse> {
  const double = await startModelDouble({ script: ({ body }) => teach(body.messages ?? []), ...options });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-synth-'));
  onTestFinished(async () => {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const env = { MODEL: 'double-1', OPENAI_BASE_URL: double.url, STORE_URL: `sqlite://${path('store.db')}` };
  return {
    double,
    env,
    path,
    file(name, lines) {
      const isText = typeof lines === 'string' || lines instanceof Uint8Array;
      writeFileSync(path(name), isText ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return path(name);
    },
    lines: (name) =>
      readFileSync(path(name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    async run(args, change = {}) {
      const { io, out, err } = captureIo('', { ...change, env: { ...env, ...change.env } });
      const code = await runCli(['lab', ...args], [listed('lab', lab)], io);
      return { code, out: out(), err: err() };
    },
  };
}

/** A book of one plot, with the words it stands in: what a setting may be completed from. */
export const FERRY = {
  book: 'The Ferry House',
  i_p: 1,
  i_c: 0,
  scenario: 'A ferry slip at dusk. The tide is on the turn.',
  topic: 'A crossing that is refused',
  plot: {
    i_p: 1,
    summary: 'Ada wants to cross. Perran will not.',
    text: 'The bell on the far bank had been cast for a church that was never built. Perran Hale had kept the ferry since his brother drowned in the narrows.',
    key_characters: [{ name: 'Perran Hale', description: 'The ferryman.' }],
  },
  key_characters: [
    { name: 'Ada Crane', motivation: 'I must be across before the office opens.' },
    { name: 'Perran Hale', motivation: 'I will not cross after dark again.' },
  ],
  character_profiles: { 'Ada Crane': 'A surveyor’s clerk.', 'Perran Hale': 'Few words.' },
  speaking_characters_w_env: ['Ada Crane', 'Perran Hale', 'Environment'],
  major_characters: ['Ada Crane', 'Perran Hale'],
  dialogues: [
    { character: 'Ada Crane', message: '(sets down her bag) Two shillings, if we go now.' },
    { character: 'Perran Hale', message: '[She has run the last mile.] Tide’s wrong till four.' },
    { character: 'Environment', message: 'A bell rings twice.' },
    { character: 'Ada Crane', message: 'Then I shall wait here. (sits down on the stone)' },
    { character: 'Perran Hale', message: '(goes on coiling the rope)' },
    { character: 'Perran Hale', message: 'Suit yourself.' },
  ],
};
