import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startOwnProcess } from '../measure/own-process.ts';
import { type JudgeCounts, startJudgeServer } from './judge-server.ts';

/** How long the judge takes for an answer: a quick one, a model of 32B takes longer. */
export const JUDGE_MS = 3000;

/** The judge in a process of its own. */
export async function startJudgeProcess() {
  const judge = await startOwnProcess(import.meta.url);
  const url = String(judge.ready);
  return {
    url,
    async counts(): Promise<JudgeCounts> {
      return (await (await fetch(new URL('/counts', url))).json()) as JudgeCounts;
    },
    [Symbol.asyncDispose]: () => judge[Symbol.asyncDispose](),
  };
}

/** `dramatis lab reward` as an operator starts it, in a process of its own. */
export async function startRewardProcess(judgeUrl: string, flags: readonly string[] = []) {
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const nodeFlags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);
  const child = spawn(
    process.execPath,
    [...nodeFlags, cli, 'lab', 'reward', '--port', '0', '--json', ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        MODEL: 'judge',
        OPENAI_BASE_URL: judgeUrl,
        STORE_URL: 'memory:',
        REWARD_KEY: '',
      },
    },
  );
  const url = await urlOf(child);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no stdout');
  const [line] = await once(createInterface(stdout), 'line');
  return (JSON.parse(String(line)) as { url: string }).url;
}

if (process.send) {
  const { url } = await startJudgeServer(JUDGE_MS);
  process.once('disconnect', () => process.exit());
  process.send(url);
}
