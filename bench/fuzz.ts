import { parseArgs } from 'node:util';
import { cards } from './fuzz/cards.ts';
import type { Fuzz } from './fuzz/fuzz-run.ts';

/**
 * `npm run fuzz -- NAME [--files N] [--seed S] [--json]`: feeds a part of the program with what nobody should
 * send. Prints what came of it; exit code 1 where something did that should not have.
 */
const RUNS: readonly Fuzz[] = [cards];

const { values, positionals } = parseArgs({
  options: {
    files: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [name, ...others] = positionals;
const run = RUNS.find((one) => one.name === name);
const count = Number(values.files ?? run?.count);
const seed = Number(values.seed ?? 1);
const isGood = run && others.length === 0 && Number.isInteger(count) && count > 0 && Number.isInteger(seed);
if (values.help || !isGood) {
  process.stderr.write(
    `npm run fuzz -- NAME [--files N] [--seed S] [--json]\n${RUNS.map((one) => `  ${one.name}: ${one.about}\n`).join('')}`,
  );
  process.exitCode = values.help ? 0 : 2;
} else {
  const { figures, faults } = await run.run({ count, seed });
  const text = Object.entries(figures).map(([what, value]) => `  ${what}: ${value}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${run.about}\n${text.join('')}`);
  for (const fault of faults.slice(0, 20)) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
