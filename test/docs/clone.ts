import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './blocks.ts';

/** What a clone of the repository has that a command of the docs may need. */
const PARTS = [
  'src',
  'commands',
  'characters',
  'locales',
  'scripts',
  'benchmarks',
  'package.json',
  'package-lock.json',
  '.npmrc',
  '.env.example',
];

/** `end`: the exit code, or the signal that ended it. */
export type Outcome = { readonly end: number | string; readonly out: string; readonly err: string };

/** The folder of the project, as somebody has it who follows the docs; nothing of ours is written to. */
export type Clone = {
  readonly folder: string;
  /** Runs a line as it would be typed there. `until`: what it prints when it has come up; then Ctrl-C is pressed. */
  run(line: string, until?: RegExp): Promise<Outcome>;
  remove(): void;
};

export function makeClone(): Clone {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-docs-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    // A free port, and no model that may be on this machine.
    PORT: '0',
    MODEL: 'understudy',
    npm_config_update_notifier: 'false',
  };
  return {
    folder,
    async run(line, until) {
      const child = spawn('sh', ['-c', until ? `exec ${line}` : line], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        if (until?.test(out) && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      });
      child.stderr.on('data', (chunk) => {
        err += String(chunk);
      });
      const [code, signal] = (await once(child, 'close')) as [number | null, string];
      return { end: code ?? signal, out, err };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
