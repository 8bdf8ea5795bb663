import type { Settings } from '../../../config/environment.ts';
import type { LabModel } from '../../../lab/calls/call.ts';
import { verdictWords } from '../../../lab/gates/report/gate-words.ts';
import { writeGates } from '../../../lab/gates/write-gates.ts';
import { stepsWithout } from '../../../lab/synth/all-steps.ts';
import { describeFile, hashFile, loadFiles } from '../../../lab/synth/load/load-files.ts';
import type { SourceFile } from '../../../lab/synth/load/loaded.ts';
import { runSynth } from '../../../lab/synth/run/run-synth.ts';
import type { SynthOutcome, SynthProgress, SynthRun, SynthSource } from '../../../lab/synth/run/synth-run.ts';
import { STEPS, type Step, type SynthRole } from '../../../lab/synth/step.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { openModelsFor, readAnswer, type Wanted } from '../open-lab-models.ts';
import { createProgressLine } from '../progress-line.ts';
import { loadStoredScenes, readStoredScenes, type StoredScene, sceneSource } from './stored-scenes.ts';
import { type SynthFlags, synthFlags } from './synth-flags.ts';
import { SYNTH_HELP } from './synth-help.ts';
import { outcomeWords, progressWords } from './synth-words.ts';

export { SYNTH_HELP };

/** Requests in flight at once, where neither a flag nor the settings say. */
const CONCURRENCY = 16;

/** `dramatis lab synth … --out DIR`: resolves to the exit code. */
export async function synth(args: readonly string[], io: CliIo): Promise<number> {
  const flags = synthFlags(args);
  const settings = settingsOf(io);
  const { currency } = settings;
  const steps = stepsWithout(flags.skip);
  const models = await openModels(flags, steps, settings, io.signal);
  const line = createProgressLine<SynthProgress>(io.stderr, (now) => progressWords(now, currency));
  const scenes = await readStoredScenes(settings, flags.scenes);
  const run = await runOf(flags, scenes, steps, models, (now) => line.show(now));
  const outcome = await runSynth(run, io.signal).finally(() => line.end());
  const gates = isWhole(outcome, flags) ? await writeGates({ data: flags.out }, io.signal) : undefined;
  if (flags.json)
    io.stdout.write(`${JSON.stringify({ ...outcome, ...(gates ? { gates: gates.report.verdict } : {}) })}\n`);
  else
    io.stdout.write(
      `${outcomeWords(outcome, flags.out, currency)}${gates ? `${verdictWords(gates.report)}\n` : ''}`,
    );
  // Requests that were written are what was asked for.
  return outcome.stopped && flags.mode !== 'write' ? 1 : 0;
}

/** A set that is finished is measured at once; there must be something to measure. */
function isWhole({ manifest, stopped }: SynthOutcome, { until }: SynthFlags): boolean {
  return !stopped && until === undefined && (manifest.steps.at(-1)?.out ?? 0) > 0;
}

async function runOf(
  flags: SynthFlags,
  scenes: readonly StoredScene[],
  steps: readonly Step[],
  models: SynthRun['models'],
  progress: SynthRun['progress'],
): Promise<SynthRun> {
  const { out, until, redo, seed, budget, mostTokens, limit, concurrency = CONCURRENCY } = flags;
  const files =
    flags.mode === 'read'
      ? []
      : flags.files.map((path): SourceFile => ({ path, ...(flags.form ? { form: flags.form } : {}) }));
  const sources = [...(await Promise.all(files.map(sourceOf))), ...scenes.map(sceneSource)];
  return {
    ...{ out, steps, models, concurrency, seed, progress },
    ...(sources.length === 0 ? {} : { sources }),
    ...(until === undefined ? {} : { until }),
    ...(redo === undefined ? {} : { redo }),
    ...(budget === undefined ? {} : { budget }),
    ...(mostTokens === undefined ? {} : { mostTokens }),
    ...(limit === undefined ? {} : { limit }),
    mode: modeOf(flags),
    async *load({ seen, onBytes }, signal) {
      const read = new Map<string, number>();
      const told = (path: string, bytes: number) => {
        read.set(path, bytes);
        onBytes([...read.values()].reduce((sum, one) => sum + one, 0));
      };
      yield* loadFiles(files, { seen, onBytes: told }, signal);
      yield* loadStoredScenes(scenes, seen);
    },
  };
}

async function sourceOf(file: SourceFile): Promise<SynthSource> {
  const { form, bytes, modified } = await describeFile(file);
  return { path: file.path, form, bytes, modified, hash: (signal) => hashFile(file.path, signal) };
}

function modeOf({ mode, files }: SynthFlags): SynthRun['mode'] {
  if (mode === 'read') return { kind: 'read', results: files, read: readAnswer };
  return { kind: mode };
}

/** Those whom the steps ask, up to the last one that is taken. */
async function openModels(
  { models, until, concurrency = CONCURRENCY }: SynthFlags,
  steps: readonly Step[],
  settings: Settings,
  signal: AbortSignal,
): Promise<SynthRun['models']> {
  const last = until === undefined ? STEPS.length : STEPS.indexOf(until);
  const asked = new Set(
    steps.filter(({ name }) => STEPS.indexOf(name) <= last).flatMap(({ roles }) => roles),
  );
  const roles: readonly (readonly [SynthRole, Wanted])[] = [
    ['teacher', { role: 'actor', name: models.teacher }],
    ['drafter', { role: 'actor', name: models.drafter ?? models.teacher }],
    ['judge', { role: 'judge', name: models.judge }],
  ];
  const wanted = roles.filter(([role]) => asked.has(role));
  const opened = await openModelsFor(
    settings,
    wanted.map(([, one]) => one),
    concurrency,
    signal,
  );
  return Object.fromEntries(
    wanted.flatMap(([role], at): [SynthRole, LabModel][] => (opened[at] ? [[role, opened[at]]] : [])),
  );
}
