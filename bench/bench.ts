import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commit, machine, versions } from './measure/machine.ts';
import type { Bench, Result } from './measure/row.ts';
import { markdownOf, tableOf } from './measure/table.ts';

/**
 * `npm run bench` (all) or `npm run bench -- NAME … [--json]`: figures measured side by side in one
 * run, as a table for people and kept as JSON under `bench/results`. `--markdown` measures nothing: it
 * prints what is kept there as docs/performance.md has it.
 */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  format: async () => (await import('./format.ts')).format,
  stream: async () => (await import('./stream.ts')).stream,
  first: async () => (await import('./first.ts')).first,
  turn: async () => (await import('./turn.ts')).turn,
  prefix: async () => (await import('./prefix.ts')).prefix,
  gateway: async () => (await import('./gateway.ts')).gateway,
  calls: async () => (await import('./calls.ts')).calls,
  memory: async () => (await import('./memory.ts')).memory,
  gca: async () => (await import('./gca.ts')).gca,
  start: async () => (await import('./start.ts')).start,
  store: async () => (await import('./store.ts')).store,
  reward: async () => (await import('./reward.ts')).reward,
  usable: async () => (await import('./usable.ts')).usable,
};

/** They ask a real model, which is not there on every machine: only by name. */
const BY_NAME: ReadonlySet<string> = new Set(['usable']);

const RESULTS = new URL('./results/', import.meta.url);

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in BENCHES));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no bench ${unknown.join(', ')}.\n`);
  const lines = await Promise.all(Object.values(BENCHES).map(async (load) => aboutOf(await load())));
  process.stderr.write(`npm run bench -- [NAME …] [--json | --markdown]\n${lines.join('')}`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const chosen = Object.entries(BENCHES).filter(
    ([name]) => (positionals.length === 0 && !BY_NAME.has(name)) || positionals.includes(name),
  );
  const [only] = chosen;
  if (values.markdown) process.stdout.write(markdownOf(chosen.flatMap(([name]) => keptOf(name))));
  else if (only && chosen.length === 1) await runBench(await only[1]());
  // Each in a process of its own: one finds nothing of another's in its heap.
  else for (const [name] of chosen) await runApart(name);
}

async function runBench(bench: Bench): Promise<void> {
  if (!values.json) process.stdout.write(`\n${bench.name}: ${bench.about}\n`);
  const rows = await bench.run();
  const result: Result = {
    name: bench.name,
    commit: commit(),
    machine: machine(),
    versions: versions(),
    rows,
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(`${bench.name}.json`, RESULTS), `${JSON.stringify(result, undefined, 2)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : tableOf(rows));
}

function keptOf(name: string): Result[] {
  try {
    return [JSON.parse(readFileSync(new URL(`${name}.json`, RESULTS), 'utf8')) as Result];
  } catch {
    return [];
  }
}

async function runApart(name: string): Promise<void> {
  const args = [
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    name,
    ...(values.json ? ['--json'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  process.stderr.write(`The bench ${name} broke off.\n`);
  process.exitCode = 1;
}

function aboutOf({ name, about }: Bench): string {
  return `  ${name}: ${about}\n`;
}
