import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { engine } from './engine.ts';
import { format } from './format.ts';
import { gca } from './gca.ts';
import { prefix } from './prefix.ts';
import { reward } from './reward.ts';
import type { Bench, Row } from './row.ts';

/**
 * `npm run bench` (all) or `npm run bench -- NAME [--json]`: figures measured side by side in one
 * run, as a table for people and kept as JSON under `bench/results`.
 */
const BENCHES: readonly Bench[] = [format, engine, prefix, gca, reward];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no bench ${unknown.join(', ')}.\n`);
  process.stderr.write(
    `npm run bench -- [NAME …] [--json]\n${BENCHES.map(({ name, about }) => `  ${name}: ${about}\n`).join('')}`,
  );
  process.exitCode = values.help ? 0 : 2;
} else {
  const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const bench of chosen) await runBench(bench, values.json);
}

async function runBench(bench: Bench, json: boolean): Promise<void> {
  if (!json) process.stdout.write(`\n${bench.name}: ${bench.about}\n`);
  const rows = await bench.run();
  const result = { name: bench.name, commit: commit(), machine: machine(), rows };
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${bench.name}.json`, folder), `${JSON.stringify(result, undefined, 2)}\n`);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : table(rows));
}

function table(rows: readonly Row[]): string {
  return rows
    .map(({ measure, value, unit, beside, ratio, interval, reach, ok }) => {
      const other = beside === null ? '' : ` beside ${beside} ${unit}`;
      const times = ratio === null ? '' : `, ratio ${ratio}${interval ? ` [${interval.join(', ')}]` : ''}`;
      return `  ${ok ? 'ok  ' : 'MISS'} ${measure}: ${value} ${unit}${other}${times} (reach ${reach})\n`;
    })
    .join('');
}

function machine(): string {
  const cores = cpus();
  return `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}`;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
