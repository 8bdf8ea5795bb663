import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of a test's own, which it can kill and start again. */
export type RedisServer = {
  readonly url: string;
  /** Kills it at once, and starts it again with what it kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const HAS_REDIS_SERVER = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** @param keeps whether what was written is on disk before it is answered */
export async function startRedisServer(keeps: boolean): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-redis-'));
  const port = await freePort();
  const start = async (): Promise<ChildProcess> => {
    const kept = ['--save', '', '--appendonly', keeps ? 'yes' : 'no', '--appendfsync', 'always'];
    const server = spawn('redis-server', [
      ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder],
      ...kept,
    ]);
    for await (const text of server.stdout) if (String(text).includes('Ready to accept')) break;
    server.stdout.resume();
    return server;
  };
  const kill = async (server: ChildProcess): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };

  let running = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await kill(running);
      running = await start();
    },
    async close() {
      await kill(running);
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
