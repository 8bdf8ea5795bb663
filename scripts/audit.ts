import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDependencies, type Lock, type Manifest } from './audit/dependencies.ts';
import { askForKnownFaults } from './audit/known-faults.ts';

// `npm run audit`: are the packages few, pinned, checked and free to use, and does the registry know of a
// serious fault in one of them? Where it does not answer, that is said, and is no failure.

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const problems = checkDependencies({
  manifest: JSON.parse(read('package.json')) as Manifest,
  lock: JSON.parse(read('package-lock.json')) as Lock,
  npmrc: read('.npmrc'),
  documented: read('docs/dependencies.md'),
});
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`audit: ${problems.length} things to mend in what is installed\n`);

const known = await askForKnownFaults(root);
if (known.told) {
  for (const fault of known.serious) process.stdout.write(`${fault}\n`);
  process.stdout.write(
    `audit: ${known.serious.length} known faults of high severity in what runs, ${known.others} lesser ones\n`,
  );
} else {
  process.stdout.write(`audit: the registry did not tell of known faults (${known.why}); ask again later\n`);
}

if (problems.length > 0 || (known.told && known.serious.length > 0)) process.exitCode = 1;
