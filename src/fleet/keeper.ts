import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

export type KeeperOptions = {
  /** Most processes at once on this machine. */
  readonly processes: number;
  /** Starts one: it takes a group that is free, or stands by, and sends `SERVES` once it has one. */
  readonly start: () => ChildProcess;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Before one that ended is started anew; doubled while they end at once. Milliseconds. */
  readonly againMs?: number;
};

/** What a process tells its keeper when it serves a group. */
export const SERVES = 'serves';

const AGAIN_MS = 1000;
const LONGEST_AGAIN_MS = 60_000;
/** One that lived for so long did not end because of how it was started. */
const HEALTHY_MS = 30_000;

/**
 * Keeps this machine's processes: one always stands by, so that it takes over at once what a process
 * here or elsewhere leaves behind; one that ended is started anew. Resolves when all have ended, after
 * the signal.
 */
export async function keepProcesses(options: KeeperOptions): Promise<void> {
  const { processes, log, signal, againMs = AGAIN_MS } = options;
  const living = new Set<Promise<void>>();
  let standsBy = false;
  let again = againMs;

  function fill(): void {
    if (signal.aborted || standsBy || living.size >= processes) return;
    standsBy = true;
    const life = live().finally(() => {
      living.delete(life);
      fill();
    });
    living.add(life);
  }

  async function live(): Promise<void> {
    const began = performance.now();
    const child = options.start();
    let serves = false;
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    child.on('message', (message) => {
      if (message !== SERVES || serves) return;
      serves = true;
      standsBy = false;
      fill();
    });
    const [code, by] = await ended(child);
    signal.removeEventListener('abort', stop);
    if (!serves) standsBy = false;
    if (signal.aborted) return;
    log.warn('process-ended', { code: code ?? undefined, signal: by ?? undefined });
    again = performance.now() - began > HEALTHY_MS ? againMs : Math.min(again * 2, LONGEST_AGAIN_MS);
    await sleep(again, undefined, { signal }).catch(() => undefined);
  }

  fill();
  while (living.size > 0) await Promise.race(living);
}

async function ended(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  try {
    const [code, signal] = await once(child, 'exit');
    return [code, signal];
  } catch {
    return [1, null];
  }
}

/** A process of this program with the same arguments, which learns when its keeper is gone. */
export function startSame(env: NodeJS.ProcessEnv): ChildProcess {
  const [node, ...args] = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  return spawn(node, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}
