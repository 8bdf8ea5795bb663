import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliIo } from '../../../src/cli/cli-command.ts';
import { selfplay } from '../../../src/cli/lab/eval/selfplay.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';

export const ACTOR = 'actor-1';
export const USER = 'user-1';
export const JUDGE = 'judge-1';

export type Script = (request: RecordedRequest) => Reply | undefined;

type Ended = { readonly code: number; readonly out: string; readonly err: string };

export type SelfplayHouse = {
  readonly double: ModelDouble;
  readonly env: Readonly<Record<string, string>>;
  path(name: string): string;
  /** Writes JSON Lines, or text as it is, and gives the path. */
  file(name: string, content: readonly unknown[] | string): string;
  lines(name: string): Record<string, unknown>[];
  /** The requests that a model was sent. */
  asked(model: string): readonly RecordedRequest[];
  run(args: readonly string[], change?: Partial<CliIo>): Promise<Ended>;
  /** The same on a file, into the folder `out`. @param flags parted by blanks */
  play(data: string, flags: string, change?: Partial<CliIo>): Promise<Ended>;
};

/** A folder, and actor, user and judge at one model double; closed when the test is over. */
export async function selfplayHouse(script: Script = () => undefined): Promise<SelfplayHouse> {
  const double = await startModelDouble({ script: (request) => script(request) ?? answerTo(request) });
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-selfplay-'));
  onTestFinished(async () => {
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const env = {
    OPENAI_BASE_URL: double.url,
    MODEL: ACTOR,
    MODEL_USER: USER,
    MODEL_JUDGE: JUDGE,
    STORE_URL: `sqlite://${path('store.db')}`,
  };
  const house: SelfplayHouse = {
    double,
    env,
    path,
    file(name, content) {
      const text =
        typeof content === 'string' ? content : content.map((one) => `${JSON.stringify(one)}\n`).join('');
      writeFileSync(path(name), text);
      return path(name);
    },
    lines: (name) =>
      readFileSync(path(name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    asked: (model) => double.prompts.filter(({ body }) => body.model === model),
    async run(args, change = {}) {
      const { io, out, err } = captureIo('', { ...change, env: { ...env, ...change.env } });
      const command = { help: '', run: selfplay };
      const code = await runCli(['selfplay', ...args], [listed('selfplay', command)], io);
      return { code, out: out(), err: err() };
    },
    play: (data, flags, change) =>
      house.run(['--data', data, '--out', path('out'), ...flags.split(' ').filter(Boolean)], change),
  };
  return house;
}

/** The same to the same prompt, with a mark in each hidden layer. */
export function answerTo(request: RecordedRequest): Reply | undefined {
  const mark = createHash('sha256').update(JSON.stringify(request.body)).digest('hex').slice(0, 8);
  switch (request.body.model) {
    case ACTOR:
      return `<system_thinking>PLAN-${mark} she will hold back</system_thinking><role_thinking>THOUGHT-${mark} nobody must know</role_thinking><role_action>turns away ${mark}</role_action>So you say, ${mark}.`;
    case USER:
      if (request.promptText.includes('next_utterance'))
        return `{"next_utterance": "Tell me more, ${mark}."}`;
      return `*nods* Go on then, ${mark}.`;
    default:
      return request.promptText.includes('in_character') ? marks(request) : '{"faults": []}';
  }
}

/** A mark of 4 for each turn that PingPong’s judge is shown. */
function marks({ promptText }: RecordedRequest): string {
  const turns = [...promptText.matchAll(/^\[[0-9a-f]{16}\] turn (\d+), the model$/gmu)].map(([, n]) =>
    Number(n),
  );
  return JSON.stringify({ scores: turns.map((turn) => scoresOf(turn, 4)) });
}

export function scoresOf(turn: number, mark: number, refusal = false) {
  return {
    turn,
    is_refusal_explanation: 'It plays on.',
    is_refusal: refusal,
    in_character_explanation: 'It fits.',
    in_character_score: mark,
    entertaining_explanation: 'It is fun.',
    entertaining_score: mark,
    fluency_explanation: 'It reads well.',
    fluency_score: mark,
  };
}

export function seed(id: string, change: Record<string, unknown> = {}) {
  return {
    id,
    ai_name: 'Mara',
    ai_setting: `A ferrywoman of ${id}, sparing with words.`,
    user_name: 'Ben',
    user_setting: 'A clerk on his way home.',
    ai_prologue: '*She unties the rope.* Late again.',
    initial_user_input: 'The office kept me. Is there still a crossing?',
    ...change,
  };
}
