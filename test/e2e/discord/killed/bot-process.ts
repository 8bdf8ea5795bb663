import { once } from 'node:events';
import { spawnDramatis } from '../../terminal/dramatis.ts';

/** `dramatis start` as a process of its own, one life after another over the same store. */
export type BotProcess = {
  /** Begins a life. Resolves when it says that it is on stage, or was killed before it could; throws where it ends by itself. */
  start(): Promise<void>;
  /** As a power cut ends it: nothing is written or closed any more. */
  kill(): Promise<void>;
  /** As an operator ends it, and the exit code. */
  end(): Promise<number | null>;
  /** All that it wrote in all its lives. */
  readonly stdout: string;
  readonly stderr: string;
};

/** @param env all of its settings */
export function createBotProcess(env: Readonly<Record<string, string>>): BotProcess {
  let child: ReturnType<typeof spawnDramatis> | undefined;
  let gone: Promise<unknown> = Promise.resolve();
  let stdout = '';
  let stderr = '';

  function stop(signal: NodeJS.Signals): ReturnType<typeof spawnDramatis> | undefined {
    const dying = child;
    child = undefined;
    dying?.kill(signal);
    return dying;
  }

  return {
    async start() {
      const life = spawnDramatis(['start'], env);
      child = life;
      gone = once(life, 'close');
      const ready = Promise.withResolvers<void>();
      let said = '';
      let complained = '';
      life.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        said += text;
        if (said.includes('on stage')) ready.resolve();
      });
      life.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        complained += text;
      });
      await Promise.race([ready.promise, gone]);
      if (life.exitCode !== null) throw new Error(`It ended by itself (${life.exitCode}): ${complained}`);
    },
    async kill() {
      stop('SIGKILL');
      await gone;
    },
    async end() {
      const ended = stop('SIGTERM');
      await gone;
      return ended?.exitCode ?? null;
    },
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
