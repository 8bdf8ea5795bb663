import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { RewardContext } from '../../../src/lab/reward/score-request.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

export type RewardHouse = {
  readonly double: ModelDouble;
  readonly url: string;
  path(name: string): string;
  lines(name: string): Record<string, unknown>[];
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  /** Posts to `/v1/score` and gives the answer, which must be one. */
  score(samples: readonly unknown[]): Promise<Answer>;
  err(): string;
  /** Stops the server and gives its exit code. */
  stop(): Promise<number>;
};

export type Answer = {
  readonly scores: readonly {
    readonly id: string;
    readonly reward: number | null;
    readonly why: string;
    readonly pattern: string;
    readonly orders: readonly Record<string, unknown>[];
  }[];
  readonly usage: Readonly<Record<string, number>>;
};

/** `dramatis lab reward …` on a free port, with the double as the judge; closed when the test is over. */
export async function rewardHouse(
  args: readonly string[] = [],
  options: ModelDoubleOptions = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RewardHouse> {
  const double = await startModelDouble({ judge: 'longer', ...options });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-reward-'));
  const stop = new AbortController();
  const path = (name: string) => join(folder, name);
  const { io, out, err } = captureIo('', {
    signal: stop.signal,
    env: {
      MODEL: 'double-1',
      OPENAI_BASE_URL: double.url,
      STORE_URL: `sqlite://${path('store.db')}`,
      ...env,
    },
  });
  const told = args.map((arg) => (arg.startsWith('@') ? path(arg.slice(1)) : arg));
  const exit = runCli(['lab', 'reward', '--port', '0', '--json', ...told], [listed('lab', lab)], io);
  onTestFinished(async () => {
    stop.abort();
    await exit;
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  while (!out().includes('\n')) {
    const code = await Promise.race([exit, setTimeout(5)]);
    if (code !== undefined) throw new Error(`it ended with ${code}: ${err()}`);
  }
  const { url }: { url: string } = JSON.parse(out());
  const post = (where: string, body: unknown, init: RequestInit = {}) =>
    fetch(url + where, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
  return {
    ...{ double, url, path, post, err },
    lines: (name) =>
      readFileSync(path(name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    async score(samples) {
      const response = await post('/v1/score', { samples });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
      return JSON.parse(text);
    },
    async stop() {
      stop.abort();
      return exit;
    },
  };
}

/** What the ferryman perceived when it was his turn; others’ thoughts that somebody sent by mistake are in it. */
export function ferryContext(change: Partial<RewardContext['context']> = {}): RewardContext {
  return {
    format: 1,
    context: {
      speaker: 'Perran Hale',
      sheet: 'The ferryman. Few words, and fewer explanations.',
      setting: 'A ferry slip at dusk.',
      others: [{ name: 'Ada Crane', sheet: 'A traveller with a heavy coat.' }],
      lines: [
        'Ada Crane: <role_thinking>ADA-THINKS of the deed</role_thinking><role_action>sets down her bag</role_action>Two shillings, if we go now.',
        'Perran Hale: <role_thinking>PERRAN-THINKS she has run the last mile</role_thinking>Tide’s wrong till four.',
      ],
      note: '',
      ...change,
    },
    baseline: '<role_action>goes on coiling the rope</role_action>Suit yourself.',
  };
}

/** A legal turn of the ferryman’s. */
export function turnOf(speech: string, plan = 'He should stay curt'): string {
  return `<system_thinking>${plan}</system_thinking><role_action>looks at the water</role_action>${speech}`;
}
