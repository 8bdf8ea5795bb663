import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunOptions = {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** `dramatis …` as a process of its own, with no settings but those given. */
export function spawnDramatis(args: readonly string[], env: RunOptions['env'] = {}) {
  return spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], ...env } });
}

/** Runs it to its end; stdin ends after what is given. */
export async function dramatis(
  args: readonly string[],
  { stdin = '', env }: RunOptions = {},
): Promise<Ended> {
  const child = spawnDramatis(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // It may end without having read all of it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
