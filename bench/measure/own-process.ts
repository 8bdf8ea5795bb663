import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a file of the bench in a process of its own, so that what it costs is not counted as ours. The file sends one
 * message when it is ready, and ends when the channel is closed (`process.once('disconnect', …)`).
 *
 * @param url `import.meta.url` of the file
 * @returns its first message, the process, and how to end it
 */
export async function startOwnProcess(
  url: string,
  {
    args = [],
    execArgv = [],
  }: { readonly args?: readonly string[]; readonly execArgv?: readonly string[] } = {},
): Promise<OwnProcess> {
  const child = fork(fileURLToPath(url), [...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...execArgv],
  });
  const [ready] = await Promise.race([once(child, 'message'), exitBefore(child, url)]);
  return {
    ready,
    child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

export type OwnProcess = AsyncDisposable & { readonly ready: unknown; readonly child: ChildProcess };

async function exitBefore(child: ChildProcess, url: string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`${url} ended before it was ready`);
}
