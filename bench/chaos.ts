import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playChaos } from './chaos/play.ts';

/**
 * `npm run chaos -- --kills N [--seed S] [--store URL] [--sabotage] [--json]`: kills the bot at every step of
 * what it does and looks at what is left. Exit code 1 where something was lost, stood twice or hung.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    store: { type: 'string' },
    sabotage: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (values.help || !Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  process.stderr.write('npm run chaos -- --kills N [--seed S] [--store URL] [--sabotage] [--json]\n');
  process.exitCode = values.help ? 0 : 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-chaos-'));
  try {
    const chaos = await playChaos({
      kills,
      seed,
      storeUrl: values.store ?? `sqlite://${join(folder, 'scenes.db')}`,
      sabotage: values.sabotage,
      onKill: (count) => {
        if (count % 25 === 0) process.stderr.write(`${count} of ${kills} kills\n`);
      },
    });
    const { lost, doubled, stuck, wrong, steps, scenes, beats, lines } = chaos;
    const figures = {
      kills: chaos.kills,
      lost: lost.length,
      doubled: doubled.length,
      stuck: stuck.length,
      wrong: wrong.length,
      scenes,
      beats,
      lines,
    };
    if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else {
      for (const [what, value] of Object.entries(figures)) process.stdout.write(`  ${what}: ${value}\n`);
      const sorted = Object.entries(steps).sort(([, one], [, other]) => other - one);
      for (const [step, times] of sorted) process.stdout.write(`    ${times} x ${step}\n`);
    }
    const faults = Object.entries({ lost, doubled, stuck, wrong }).flatMap(([what, all]) =>
      all.map((one) => `${what}: ${one}`),
    );
    for (const fault of faults.slice(0, 40)) process.stderr.write(`${fault}\n`);
    process.exitCode = faults.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
