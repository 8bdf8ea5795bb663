import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Argument of Node by which a program of ours is set up. */
export const SET_UP = `--import=${new URL('child-setup.mjs', import.meta.url)}`;

/**
 * Arguments of Node for bulk work: prompts are written, sent and forgotten by the thousand. A larger nursery
 * forgets them before they are copied about.
 */
export const BULK = ['--max-semi-space-size=64'];

/**
 * Runs a program in our place: our streams, our signals. Resolves to how it ended.
 *
 * @param {boolean} [options.channel] lets `child-setup.mjs` learn of it when we are killed outright.
 * @returns {Promise<{code: number, signal?: string}>}
 */
export function run(command, args, { cwd, env = process.env, channel = false }) {
  return new Promise((resolve) => {
    const stdio = ['inherit', 'inherit', 'inherit', ...(channel ? ['ipc'] : [])];
    const child = spawn(command, args, { cwd, env, stdio });
    const pass = (signal) => {
      // A terminal sends Ctrl-C to us and to the child alike; twice would be taken for impatience.
      if (signal !== 'SIGINT' || !atTerminal()) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    const done = (end) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(end);
    };
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      done({ code: 1 });
    });
    child.on('exit', (code, signal) => {
      done(signal ? { code: 128 + constants.signals[signal], signal } : { code });
    });
  });
}

function atTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}

/** Ends this process as the child ended: same exit code, or the same signal. */
export function exitLike({ code, signal }) {
  process.exitCode = code;
  if (signal && process.platform !== 'win32') process.kill(process.pid, signal);
}
