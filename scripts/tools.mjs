import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BULK, run, SET_UP } from './run-child.mjs';

const TYPES = { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit'] };
const PAGE_TYPES = {
  name: 'types of the page',
  script: 'typescript/bin/tsc',
  args: ['--noEmit', '--project', 'src/stage/web/page'],
};
const LINT = { name: 'lint', script: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings'] };
const FIX = { name: 'fix', script: '@biomejs/biome/bin/biome', args: ['check', '--write'] };
const IMPORTS = {
  name: 'import rules',
  script: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  args: ['--config', '.dependency-cruiser.cjs'],
  folders: ['src', 'commands', 'bench'],
};
const UNUSED = { name: 'unused code', script: 'knip/bin/knip.js', args: [] };
const CHECKS = [TYPES, PAGE_TYPES, LINT, IMPORTS, UNUSED];

/**
 * Runs a tool of the repository.
 *
 * @returns {Promise<{code: number, signal?: string}>}
 */
export async function runTool(tool, args, { root, node }) {
  const inModules = (path) => join(root, 'node_modules', path);

  switch (tool) {
    case 'check':
      return report(await runSteps(CHECKS));
    case 'fix':
      return runStep(FIX);
    case 'test':
      return test();
    case 'bench':
    case 'fuzz':
    case 'chaos':
      return run(node, [SET_UP, ...BULK, join(root, 'bench', `${tool}.ts`), ...args], { cwd: root });
    case 'words':
    case 'mutants':
    case 'audit':
    case 'schemas':
    case 'pictures':
      return run(node, [SET_UP, join(root, 'scripts', `${tool}.ts`), ...args], { cwd: root });
    case 'docs':
      // `dev` or `build`, then the folder, then what else was typed.
      return run(node, [inModules('vitepress/bin/vitepress.js'), ...args.toSpliced(1, 0, 'docs')], {
        cwd: root,
      });
    case 'tavern':
      return run(node, [SET_UP, join(root, 'clients', 'tavern', 'tavern.ts'), ...args], { cwd: root });
    default:
      process.stderr.write(
        `There is no tool ${tool}: test, check, fix, bench, fuzz, chaos, words, mutants, audit, schemas, pictures, docs or tavern.\n`,
      );
      return { code: 2 };
  }

  /** With arguments only the tests that they name run, and no checks: `npm test -- test/unit/store`. */
  async function test() {
    const checks = args.length > 0 ? { failed: [] } : await runSteps(CHECKS);
    if (checks.signal) return checks;
    const folder = mkdtempSync(join(tmpdir(), 'dramatis-test-'));
    const results = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
    heading('tests');
    const end = await run(node, [inModules('vitest/vitest.mjs'), 'run', ...reporters, ...args], {
      cwd: root,
      env: withoutSettings(root),
    });
    const counts = countTests(results);
    rmSync(folder, { recursive: true });
    if (end.signal) return end;
    const outcome = report({ failed: [...checks.failed, ...(end.code === 0 ? [] : ['tests'])] });
    process.stdout.write(counts);
    return outcome;
  }

  /** One after another, all of them, so that one run tells everything that is to be mended. */
  async function runSteps(steps) {
    const failed = [];
    for (const step of steps) {
      const end = await runStep(step);
      if (end.signal) return { ...end, failed };
      if (end.code !== 0) failed.push(step.name);
    }
    return { failed };
  }

  function runStep({ name, script, args: fixed, folders = [] }) {
    heading(name);
    const present = folders.filter((folder) => existsSync(join(root, folder)));
    return run(node, [inModules(script), ...fixed, ...present], { cwd: root });
  }
}

function heading(name) {
  process.stdout.write(`\n> ${name}\n`);
}

function report({ failed, ...end }) {
  if (end.signal) return end;
  if (failed.length === 0) return { code: 0 };
  process.stdout.write(
    `\nFailed: ${failed.join(', ')}. The reasons stand above, first under "> ${failed[0]}".\n`,
  );
  return { code: 1 };
}

/** The runner's own count. A file that could not even be loaded is one failure. */
function countTests(results) {
  if (!existsSync(results)) return '\nThe tests did not run to their end.\n';
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const skipped = numPendingTests + numTodoTests;
  const counts = [`${numPassedTests} passed`, `${numFailedTests + unloaded.length} failed`];
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return `\n${counts.join(', ')}\n`;
}

/** Tests bring their own settings; a token or a key of the person who runs them is none of theirs. */
function withoutSettings(root) {
  const example = join(root, '.env.example');
  const names = existsSync(example) ? readFileSync(example, 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm) : [];
  const env = { ...process.env };
  for (const [, name] of names) delete env[name];
  return env;
}
