import { globSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collect } from './collect.ts';
import { loadAnew } from './resolve.ts';
import { KEEPERS, LEFT_OUT, testsOf } from './rooms.ts';

/** What the mutated code looks at, and where it counts. */
type Switches = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
};

/** What became of a run: the first test that failed, or none. */
type Outcome = { readonly ran: number; readonly failed?: { id: string; why: string } };

/** A mutant, and the file that it is in. */
type Target = { readonly id: string; readonly file: string };

type Loaded = { readonly tests: readonly CollectedTest[]; readonly end: () => Promise<void> };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Runs the tests of a room inside one process, again and again. Starting vitest anew for each of some thousand
 * mutants takes hours; here its `expect` is used and the modules stay loaded.
 */
function createRunner(): TestRunner {
  const root = process.cwd();
  const scope = globalThis as unknown as Record<string, Switches>;
  scope['__stryker__'] ??= {};
  const stryker = scope['__stryker__'];
  const modules = loadAnew(root);
  const room = process.env['MUTANTS_ROOM'] ?? '';
  const durations = new Map<string, number>();
  let clean: Loaded | undefined;

  /** @param file where given, only the tests are loaded that need it */
  async function load(file?: string): Promise<Loaded> {
    modules.renew();
    const files: Loaded[] = [];
    for (const pattern of testsOf(room)) {
      for (const name of globSync(pattern, { cwd: root }).sort()) {
        if (file !== undefined && !modules.needs(join(root, name), file)) continue;
        files.push(await collect(name, () => modules.load(join(root, name))));
      }
    }
    return {
      tests: files
        .flatMap(({ tests }) => tests)
        .filter(({ id }) => !LEFT_OUT.some((name) => id.endsWith(name))),
      end: async () => {
        for (const file of files) await file.end();
      },
    };
  }

  async function runOne({ id, run }: CollectedTest): Promise<string | undefined> {
    const started = performance.now();
    try {
      await run();
      return undefined;
    } catch (error) {
      return messageOf(error);
    } finally {
      durations.set(id, performance.now() - started);
    }
  }

  async function runAll(tests: readonly CollectedTest[], only?: readonly string[]): Promise<Outcome> {
    const chosen = only ? new Set(only) : undefined;
    const time = ({ id }: CollectedTest) => durations.get(id) ?? 0;
    const order = tests.filter(({ id }) => chosen?.has(id) ?? true).sort((a, b) => time(a) - time(b));
    for (const [at, test] of order.entries()) {
      const why = await runOne(test);
      if (why !== undefined) return { ran: at + 1, failed: { id: test.id, why } };
    }
    return { ran: order.length };
  }

  /** Loads everything while the mutant is active. That it cannot be loaded is noticed, too. */
  async function runFresh({ id, file }: Target, only?: readonly string[]): Promise<Outcome> {
    // Which tests need the file is known once all of them were loaded.
    stryker.activeMutant = undefined;
    clean ??= await load();
    stryker.activeMutant = id;
    let loaded: Loaded;
    try {
      loaded = await load(file);
    } catch (error) {
      return { ran: 1, failed: { id: 'loading', why: messageOf(error) } };
    }
    if (loaded.tests.length === 0) throw new Error('There are no tests.');
    const outcome = await runAll(loaded.tests, only);
    await loaded.end();
    return outcome;
  }

  /**
   * Runs with what is loaded. Some modules keep what they worked out (by view, by principle), so neither
   * outcome is believed at once: the test that failed must pass without the mutant, and a mutant of such a
   * module that lived is tried once more with everything loaded anew.
   */
  async function runLoaded(
    mutant: Target,
    only: readonly string[] | undefined,
    keeps: boolean,
  ): Promise<Outcome> {
    clean ??= await load();
    stryker.activeMutant = mutant.id;
    const outcome = await runAll(clean.tests, only);
    stryker.activeMutant = undefined;
    const failed = clean.tests.find(({ id }) => id === outcome.failed?.id);
    if (failed ? (await runOne(failed)) === undefined : !keeps) return outcome;
    await forget();
    // Which tests reach what a module keeps hangs on which of them asked for it first.
    return runFresh(mutant, keeps ? undefined : only);
  }

  async function forget(): Promise<void> {
    await clean?.end();
    clean = undefined;
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    async dryRun(): Promise<DryRunResult> {
      stryker.activeMutant = undefined;
      clean = await load();
      const tests: TestResult[] = [];
      for (const test of clean.tests) {
        stryker.currentTestId = test.id;
        const why = await runOne(test);
        stryker.currentTestId = undefined;
        const told = { id: test.id, name: test.id, timeSpentMs: durations.get(test.id) ?? 0 };
        const fileName = join(root, test.id.slice(0, test.id.indexOf('#')));
        tests.push(
          why === undefined
            ? { ...told, fileName, status: TestStatus.Success }
            : { ...told, fileName, status: TestStatus.Failed, failureMessage: why },
        );
      }
      const result: CompleteDryRunResult = { status: DryRunStatus.Complete, tests };
      return stryker.mutantCoverage ? { ...result, mutantCoverage: stryker.mutantCoverage } : result;
    },
    async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
      const { activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter } = options;
      const mutant: Target = { id: activeMutant.id, file: sandboxFileName };
      stryker.hitCount = hitLimit === undefined ? undefined : 0;
      stryker.hitLimit = hitLimit;
      const keeps = KEEPERS.some((name) => sandboxFileName.endsWith(name));
      const isStatic = mutantActivation === 'static';
      const { ran, failed } = isStatic
        ? await runFresh(mutant, testFilter)
        : await runLoaded(mutant, testFilter, keeps);
      stryker.activeMutant = undefined;
      const endless = determineHitLimitReached(stryker.hitCount, hitLimit);
      if (endless) return { status: MutantRunStatus.Timeout, reason: endless.reason ?? 'endless' };
      if (!failed) return { status: MutantRunStatus.Survived, nrOfTests: ran };
      return {
        status: MutantRunStatus.Killed,
        killedBy: [failed.id],
        failureMessage: failed.why,
        nrOfTests: ran,
      };
    },
    dispose: forget,
  };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'room', createRunner)];
