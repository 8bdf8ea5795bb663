import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `npm start`, from the key that is pressed to a line of its screen and what `then` does with it; ended in good order
 * afterwards, which is not counted. Settings of whoever runs this are left out, those of `.env` too.
 *
 * @returns milliseconds
 */
export async function timeNpmStart(
  env: Readonly<Record<string, string>>,
  awaited: RegExp,
  then: (line: RegExpExecArray) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...BARE, PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own: npm, the launcher and the program end together.
    detached: true,
  });
  // The program ends after npm, and with it the stream that they share.
  const gone = once(child, 'close');
  const lines = createInterface(child.stdout);
  try {
    const found = await Promise.race([awaitedIn(lines, awaited), endedBefore(gone)]);
    await then(found);
    return performance.now() - began;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await gone;
  }
}

function awaitedIn(lines: Interface, awaited: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const found = awaited.exec(line);
      if (found) resolve(found);
    });
  });
}

async function endedBefore(gone: Promise<unknown>): Promise<never> {
  await gone;
  throw new Error('npm start ended before it was ready');
}

const BARE = {
  DISCORD_TOKEN: '',
  MODEL: '',
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  PORT: '0',
  LOG_LEVEL: 'error',
};

/** What Node itself takes to start and to do nothing. Milliseconds. */
export async function timeNode(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' });
  await once(child, 'exit');
  return performance.now() - began;
}
