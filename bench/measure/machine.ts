import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Processor, cores, memory and system that figures were measured on. */
export function machine(): string {
  const cores = cpus();
  return `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`;
}

/** Commit of the tree that was measured; with a plus where files differ from it. */
export function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}

/** Versions of Node and of the packages that figures depend on. */
export function versions(): Readonly<Record<string, string>> {
  const installed = MEASURED.map((name) => [name, versionOf(name)]);
  return { node: process.version.slice(1), ...Object.fromEntries(installed) };
}

const MEASURED = ['discord.js', 'openai', 'undici', 'keyv', '@keyv/redis', 'pg', 'htmlparser2'];

function versionOf(name: string): string {
  try {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  } catch {
    return 'not installed';
  }
}
