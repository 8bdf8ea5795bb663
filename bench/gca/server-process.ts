import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startModelServer } from './model-server.ts';
import { type Counts, SERVICE_MS } from './service-times.ts';

/** The server in a process of its own, so that it has a core of its own. */
export async function startServerProcess() {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [url] = await once(child, 'message');
  if (typeof url !== 'string') throw new Error('the server did not say where it is');
  return {
    url,
    /** Since the last time this was called. */
    async counts(): Promise<Counts> {
      const response = await fetch(new URL('/counts', url));
      return (await response.json()) as Counts;
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;

if (process.send) {
  const server = await startModelServer(SERVICE_MS);
  process.once('disconnect', () => process.exit());
  process.send(server.url);
}
