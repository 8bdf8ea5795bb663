import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './mutants/rooms.ts';
import { survivorsOf, type Told, tableOf } from './mutants/table.ts';

// `npm run mutants [-- ROOM …]` changes the code of a room in thousands of small ways and tells which of them
// no test of that room notices. `ROOM/FILE.ts` is one file, `--table` what was measured last.

const root = join(import.meta.dirname, '..');
const results = join(root, 'bench', 'results', 'mutants');
// What was found is kept after so many lines of code: a whole room takes long.
const LINES_AT_ONCE = 700;

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const unknown = wanted.find((name) => !ROOMS.some((room) => name.split('/')[0] === room));
if (unknown !== undefined) {
  process.stderr.write(`There is no room ${unknown}: ${ROOMS.join(', ')}.\n`);
  process.exit(2);
}
mkdirSync(results, { recursive: true });
for (const room of ROOMS) {
  const names = wanted.length === 0 ? [room] : wanted.filter((name) => name.split('/')[0] === room);
  if (names.length === 0) continue;
  if (!process.argv.includes('--table')) await measure(room, names.flatMap(filesOf));
  process.stdout.write(tableOf(room, resultsOf(room)));
}

function filesOf(name: string): string[] {
  return name.endsWith('.ts') ? [`src/${name}`] : globSync(`src/${name}/**/*.ts`, { cwd: root }).sort();
}

/** What was measured of a room so far, whichever run it was in. */
function resultsOf(room: string): Told[] {
  const parts = globSync(join(results, room, '*.json')).sort();
  return parts.flatMap((path): Told[] => JSON.parse(readFileSync(path, 'utf8')));
}

async function measure(room: string, files: readonly string[]): Promise<void> {
  mkdirSync(join(results, room), { recursive: true });
  for (const group of groupsOf(files)) {
    const found = await mutantsOf(room, group);
    for (const file of group) {
      const told = found.filter(({ fileName }) => fileName === file);
      const name = file.replace('src/', '').replaceAll('/', '-');
      writeFileSync(join(results, room, `${name}on`.replace('.tson', '.json')), JSON.stringify(told));
    }
    writeFileSync(join(results, `${room}-survivors.txt`), survivorsOf(resultsOf(room), root));
  }
}

function groupsOf(files: readonly string[]): string[][] {
  const groups: string[][] = [];
  let lines = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const more = readFileSync(join(root, file), 'utf8').split('\n').length;
    lines += more;
    if (lines > LINES_AT_ONCE) {
      groups.push([]);
      lines = more;
    }
    groups.at(-1)?.push(file);
  }
  return groups;
}

async function mutantsOf(room: string, files: readonly string[]): Promise<Told[]> {
  process.env['MUTANTS_ROOM'] = room;
  const mutants: MutantResult[] = await new Stryker({
    mutate: [...files],
    plugins: [join(import.meta.dirname, 'mutants', 'runner.ts')],
    testRunner: 'room',
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Each fresh copy of the modules stays in memory until the process is replaced.
    maxTestRunnerReuse: 300,
    timeoutMS: 6000,
    incremental: true,
    incrementalFile: join(results, `${room}-incremental.json`),
    reporters: ['progress-append-only'],
    tempDirName: join(tmpdir(), `dramatis-mutants-${room}`),
    ignorePatterns: ['bench', 'benchmarks', 'data', 'training', 'test/e2e', 'test/integration'],
    allowEmpty: true,
  }).runMutationTest();
  return mutants.map(({ fileName, status, location, mutatorName, replacement }) => ({
    fileName: relative(root, fileName),
    status,
    location,
    mutatorName,
    replacement,
  }));
}
