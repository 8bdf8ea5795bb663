import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@keyv/redis';
import { Client } from 'pg';

/** A database server of our own on 127.0.0.1, gone with the bench. */
export type Server = AsyncDisposable & { readonly url: string; readonly version: string };

/**
 * Redis with its append-only file on, written out once a second: as docs/storage.md tells people to run it.
 * @returns undefined where it is not installed
 */
export async function startRedis(): Promise<Server | undefined> {
  const program = programOf('redis-server');
  if (!program) return undefined;
  const [port, folder] = [await freePort(), newFolder()];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const child = spawn(program, [...args, '--appendonly', 'yes'], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  await answers(child, async () => {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => {});
    await client.connect();
    await client.close();
  });
  const version = /v=(\S+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1];
  return serverOf({ child, folder }, url, `Redis ${version}`);
}

/**
 * PostgreSQL as it is set up by default: it waits for the disk at each commit.
 * @returns undefined where it is not installed
 */
export async function startPostgres(): Promise<Server | undefined> {
  const program = programOf('postgres');
  if (!program) return undefined;
  const [port, folder] = [await freePort(), newFolder()];
  const user = userFor(folder);
  const data = join(folder, 'data');
  const init = ['-D', data, '-A', 'trust', '-U', 'bench', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(dirname(program), 'initdb'), init, { stdio: 'ignore', cwd: folder, ...user });
  const args = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', ''];
  const child = spawn(program, args, { stdio: 'ignore', cwd: folder, ...user });
  const url = `postgres://bench@127.0.0.1:${port}/postgres`;
  await answers(child, async () => {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
    } finally {
      await client.end();
    }
  });
  const version = /[\d.]+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0];
  return serverOf({ child, folder }, url, `PostgreSQL ${version}`);
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
}

/** PostgreSQL does not run as root: then as the user that its package makes, who owns its folder. */
function userFor(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

/** Debian keeps PostgreSQL's programs out of the path. */
function programOf(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const known = [
    ...globSync(`/usr/lib/postgresql/*/bin/${name}`),
    ...folders.map((each) => join(each, name)),
  ];
  return known.find((path) => existsSync(path));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const START_MS = 20_000;
const LOOK_MS = 50;

async function answers(child: ChildProcess, ask: () => Promise<void>): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > until) throw error;
      await sleep(LOOK_MS);
    }
  }
}

type Started = { readonly child: ChildProcess; readonly folder: string };

function serverOf({ child, folder }: Started, url: string, version: string): Server {
  return {
    url,
    version,
    async [Symbol.asyncDispose]() {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGINT');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}
