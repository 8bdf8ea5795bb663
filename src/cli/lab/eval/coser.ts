import type { Settings } from '../../../config/environment.ts';
import { type BatchOutcome, readEvalBatch, writeEvalBatch } from '../../../lab/eval/batch-eval.ts';
import type { EvalProgress, EvalRun } from '../../../lab/eval/eval-run.ts';
import { planEval } from '../../../lab/eval/plan.ts';
import type { EvalResult } from '../../../lab/eval/result.ts';
import { runEval } from '../../../lab/eval/run-eval.ts';
import { readReport } from '../../../lab/report/read-report.ts';
import { writeReports } from '../../../lab/report/write-reports.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { readAnswer } from '../open-lab-models.ts';
import { createProgressLine } from '../progress-line.ts';
import { type CoserFlags, coserFlags } from './coser-flags.ts';
import { batchWords, planWords, resultWords } from './coser-words.ts';
import { openEvalModels, openJudgeOnly } from './open-models.ts';
import { plannedModels } from './planned-models.ts';
import { progressWords } from './progress-words.ts';
import { readData } from './read-data.ts';
import { readPlayed } from './read-played.ts';
import { promptsOf, whatIsPlayed } from './run-of-flags.ts';

/** `dramatis lab eval coser …`: resolves to the exit code. */
export async function evalCoser(args: readonly string[], io: CliIo): Promise<number> {
  const flags = coserFlags(args);
  const settings = settingsOf(io);
  const scenes =
    flags.simulation === undefined
      ? { data: await readData(flags) }
      : await readPlayed(flags.simulation, flags);
  if (flags.plan) return showPlan(flags, scenes, settings, io);

  const open = flags.simulation === undefined ? openEvalModels : openJudgeOnly;
  const models = await open(settings, flags, io.signal);
  const line = createProgressLine<EvalProgress>(io.stderr, (now) => progressWords(now, settings.currency));
  if (flags.trace) {
    io.stderr.write('--trace: traces.jsonl will hold what characters plan in hidden. Keep it to yourself.\n');
  }
  let calls: EvalProgress['calls'] | undefined;
  const run: EvalRun = {
    ...scenes,
    ...whatIsPlayed(flags),
    out: flags.out ?? '.',
    prompts: promptsOf(flags, models.actor.model.name),
    models,
    seed: flags.seed,
    currency: settings.currency,
    remarks: [],
    files: flags.files,
    trace: flags.trace,
    progress(now) {
      calls = now.calls;
      line.show(now);
    },
  };
  let outcome: Outcome;
  try {
    outcome = await outcomeOf(run, flags, io.signal);
  } finally {
    line.end();
  }
  await writeReports(run.out, await readReport(run.out));
  if (flags.json) io.stdout.write(`${JSON.stringify(outcome.batch ?? outcome.result)}\n`);
  else io.stdout.write(wordsOf(outcome, run.out, calls));
  // Requests that were written have no score yet, and are what was asked for.
  return flags.batch?.kind === 'write' ? 0 : exitCode(outcome.result);
}

type Outcome = { readonly result: EvalResult; readonly batch?: BatchOutcome };

async function outcomeOf(run: EvalRun, { batch }: CoserFlags, signal: AbortSignal): Promise<Outcome> {
  if (!batch) return { result: await runEval(run, signal) };
  const outcome =
    batch.kind === 'write'
      ? await writeEvalBatch(run, undefined, signal)
      : await readEvalBatch(run, { results: batch.results, read: readAnswer }, signal);
  return { result: outcome.result, batch: outcome };
}

function wordsOf({ result, batch }: Outcome, out: string, now: EvalProgress['calls'] | undefined): string {
  return batch ? batchWords(batch, out, now) : resultWords(result, out, now);
}

/** Not one scene whose judgements could be read is a failure, whatever numbers a protocol puts in their place. */
function exitCode({ cases }: EvalResult): number {
  return cases.some(({ invalid }) => !invalid) ? 0 : 1;
}

function showPlan(
  flags: CoserFlags,
  { data }: Pick<EvalRun, 'data'>,
  settings: Settings,
  { stdout }: CliIo,
): number {
  const models = plannedModels(settings, flags);
  const plan = planEval({
    ...whatIsPlayed(flags),
    scenes: data.scenes,
    prompts: promptsOf(flags, models.actor.name),
    judgeOnly: flags.simulation !== undefined,
    models,
  });
  const { currency } = settings;
  stdout.write(flags.json ? `${JSON.stringify({ ...plan, currency })}\n` : planWords(plan, currency));
  return 0;
}
