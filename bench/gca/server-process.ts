import { startOwnProcess } from '../measure/own-process.ts';
import { startModelServer } from './model-server.ts';
import { type Counts, SERVICE_MS } from './service-times.ts';

/** The server in a process of its own, so that it has a core of its own. */
export async function startServerProcess() {
  const server = await startOwnProcess(import.meta.url);
  const url = String(server.ready);
  return {
    url,
    /** Since the last time this was called. */
    async counts(): Promise<Counts> {
      const response = await fetch(new URL('/counts', url));
      return (await response.json()) as Counts;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;

if (process.send) {
  const server = await startModelServer(SERVICE_MS);
  process.once('disconnect', () => process.exit());
  process.send(server.url);
}
