import { join } from 'node:path';
import { ModelError } from '../../../model/chat-model.ts';
import { NotAnsweredYet, type Source } from '../../calls/ask.ts';
import type { Journal } from '../../calls/journal.ts';
import { inOrder } from '../../folder/in-order.ts';
import type { Conversation } from '../record/conversation.ts';
import type { Reject, Step, StepResult, StepTools } from '../step.ts';
import type { StepManifest } from './manifest.ts';
import { ownRecords } from './records.ts';
import { BudgetSpent, createStepAsking } from './step-asking.ts';
import { openStepWriter, stepFile } from './step-files.ts';
import type { SynthRun } from './synth-run.ts';
import type { Use } from './use-of.ts';

export type RunningStep = {
  readonly step: Step;
  /** The file of the step before, and how many conversations are in it. */
  readonly from: { readonly file: string; readonly count: number };
  readonly settings: StepManifest['settings'];
  readonly journal: Journal;
  readonly source: Source;
  readonly spent: (use: Use) => string | undefined;
};

/** What a step came to, and what kept it from its end. */
export type RanStep = { readonly manifest: StepManifest; readonly why?: string };

/**
 * Takes every conversation of the step before through a step, some side by side, in their order. Its files
 * are there only once all of them are through.
 *
 * @throws OperatorError where a file cannot be read or written; ModelError where the model cannot be asked at
 *   all; the signal’s reason when aborted
 */
export async function runStep(
  run: Pick<SynthRun, 'out' | 'models' | 'concurrency' | 'seed' | 'progress'>,
  { step, from, settings, journal, source, spent }: RunningStep,
  signal: AbortSignal,
): Promise<RanStep> {
  const began = performance.now();
  const started = new Date().toISOString();
  const models = Object.fromEntries(step.roles.map((role) => [role, run.models[role]]));
  const asking = createStepAsking(models, { journal, source, seed: run.seed }, spent, signal);
  const writer = openStepWriter(run.out, step.name);
  const counts: Record<string, number> = {};
  let [done, waiting] = [0, 0];
  let why: string | undefined;

  async function write({ record, result }: Done): Promise<void> {
    const isLost = result.record === undefined;
    if (isLost && result.rejects.length === 0)
      throw new Error(`${step.name} dropped ${record.id} in silence`);
    // The first reason counts for the conversation; the others are told beside it.
    for (const [at, reject] of result.rejects.entries()) {
      await writer.reject({ id: record.id, ...reject }, isLost && at === 0 ? record : undefined);
    }
    if (result.record) await writer.take(result.record);
    for (const [name, count] of Object.entries(result.counts)) counts[name] = (counts[name] ?? 0) + count;
  }

  function tell(): void {
    run.progress({
      ...{ step: step.name, title: step.title, done, total: from.count, unit: 'conversations' },
      ...{ rejected: writer.rejected, calls: { ...asking.calls }, tokens: asking.calls.tokens },
      ...{ cost: asking.use.cost, ms: performance.now() - began },
    });
  }

  try {
    const records = ownRecords(join(run.out, from.file), signal);
    const most = Math.max(2, run.concurrency * 2);
    for await (const one of inOrder(records, most, (record) => workOn(step, record, asking.tools))) {
      done += 1;
      if (one.kind === 'done') await write(one);
      else {
        waiting += 1;
        why ??= one.why;
      }
      tell();
      if (one.kind === 'stopped') break;
    }
    // Those that were not begun wait as well.
    waiting += from.count - done;
    if (waiting === 0) await writer.keep();
    const manifest: StepManifest = {
      name: step.name,
      state: waiting === 0 ? 'done' : 'waiting',
      ...stepFile(step.name),
      ...{ in: from.count, out: writer.out, rejected: writer.rejected, waiting },
      rejects: writer.rejects,
      counts,
      models: asking.use.byRole(),
      settings,
      started,
      seconds: Math.round(performance.now() - began) / 1000,
    };
    return { manifest, ...(why === undefined ? {} : { why }) };
  } finally {
    await writer.discard();
  }
}

type Done = { readonly kind: 'done'; readonly record: Conversation; readonly result: StepResult };
type Undone = { readonly kind: 'waiting' | 'stopped'; readonly why: string };

async function workOn(step: Step, record: Conversation, tools: StepTools): Promise<Done | Undone> {
  try {
    return { kind: 'done', record, result: await step.work(record, tools) };
  } catch (error) {
    tools.signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    if (error instanceof BudgetSpent) return { kind: 'stopped', why: error.what };
    if (error instanceof NotAnsweredYet)
      return { kind: 'waiting', why: 'answers are still to come from a batch' };
    // It would not be answered another time either.
    if (error.failure === 'bad-request') return { kind: 'done', record, result: refused(error) };
    return { kind: 'waiting', why: error.message.replace(/\.$/u, '') };
  }
}

function refused(error: ModelError): StepResult {
  const reject: Reject = { why: 'model-refused', detail: error.message };
  return { rejects: [reject], counts: {} };
}
