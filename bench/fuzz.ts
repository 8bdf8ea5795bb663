import { parseArgs } from 'node:util';
import { cards } from './fuzz/cards.ts';
import type { Fuzz } from './fuzz/fuzz-run.ts';
import { leaks } from './fuzz/leaks/leaks.ts';

/**
 * `npm run fuzz -- NAME [--turns N|--files N] [--seed S] [--resume] [--sabotage] [--json]`: feeds a part of the program with what nobody should
 * send. Prints what came of it; exit code 1 where something did that should not have.
 */
const RUNS: readonly Fuzz[] = [cards, leaks];

const { values, positionals } = parseArgs({
  options: {
    files: { type: 'string' },
    turns: { type: 'string' },
    sabotage: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [name, ...others] = positionals;
const run = RUNS.find((one) => one.name === name);
const count = Number(values.turns ?? values.files ?? run?.count);
const seed = Number(values.seed ?? 1);
const isGood = run && others.length === 0 && Number.isInteger(count) && count > 0 && Number.isInteger(seed);
if (values.help || !isGood) {
  process.stderr.write(
    `npm run fuzz -- NAME [--turns N|--files N] [--seed S] [--resume] [--sabotage] [--json]\n${RUNS.map((one) => `  ${one.name}: ${one.about}\n`).join('')}`,
  );
  process.exitCode = values.help ? 0 : 2;
} else {
  const { figures, faults } = await run.run({
    count,
    seed,
    sabotage: values.sabotage,
    resume: values.resume,
  });
  const text = Object.entries(figures).map(([what, value]) => `  ${what}: ${value}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${run.about}\n${text.join('')}`);
  for (const fault of faults.slice(0, 20)) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
