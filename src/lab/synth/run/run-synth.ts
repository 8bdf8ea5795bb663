import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../errors.ts';
import type { ModelError } from '../../../model/chat-model.ts';
import type { Source } from '../../calls/ask.ts';
import { askOnline } from '../../calls/ask-online.ts';
import { type Journal, openJournal } from '../../calls/journal.ts';
import { diskPlaces } from '../../calls/places.ts';
import { type BatchRead, readBatches, rememberRequests } from '../../calls/read-batches.ts';
import { askNobody, type BatchWriter, createBatchWriter } from '../../calls/write-batches.ts';
import { type DiskMap, openDiskMap } from '../../folder/disk-map.ts';
import { holdFolder } from '../../folder/hold-folder.ts';
import { STEPS, type StepName } from '../step.ts';
import {
  type Manifest,
  newManifest,
  readManifest,
  type StepManifest,
  withStep,
  writeManifest,
} from './manifest.ts';
import { runLoad } from './run-load.ts';
import { runStep } from './run-step.ts';
import { whatIsLoaded } from './sources.ts';
import { withReasoning } from './step-asking.ts';
import { stepFile } from './step-files.ts';
import { keepPrompts, refuseChanges, settingsOfStep } from './step-settings.ts';
import type { SynthOutcome, SynthRun } from './synth-run.ts';
import type { Use } from './use-of.ts';

/**
 * Takes sources through the steps into a folder: a file of conversations and one of rejects for each,
 * `calls.jsonl` (every answer, as it comes) and `manifest.json`. Begun again, it goes on at the step that is
 * not done and asks only what has no answer yet.
 *
 * @throws OperatorError for a folder in use or of other settings, for files that cannot be read or written;
 *   ModelError where a model cannot be asked at all; the signal’s reason when aborted: what was answered by
 *   then is kept
 */
export async function runSynth(run: SynthRun, signal: AbortSignal): Promise<SynthOutcome> {
  refuseUnpriced(run);
  using _held = holdFolder(run.out);
  const begun = await forgetFrom(run, (await readManifest(run.out)) ?? newManifest());
  const journal = await openJournal(join(run.out, 'calls.jsonl'), diskPlaces(join(run.out, '.calls.db')));
  using requests = openDiskMap(join(run.out, '.requests.db'));
  try {
    const read = run.mode.kind === 'read' ? await takeResults(run, journal, requests, signal) : undefined;
    if (run.mode.kind === 'write') await rememberRequests(run.out, requests);
    const stop = new AbortController();
    const writer =
      run.mode.kind === 'write' ? createBatchWriter(run.out, run.mode.limits, requests) : undefined;
    const source = sourceOf(run, writer, (error) => stop.abort(error));
    const either = AbortSignal.any([signal, stop.signal]);
    try {
      const outcome = await takeSteps(run, begun, { journal, source }, either);
      const batches = await writer?.close();
      return { ...outcome, ...(batches ? { batches } : {}), ...(read ? { read } : {}) };
    } catch (error) {
      await writer?.discard();
      throw error;
    }
  } finally {
    await journal.close();
  }
}

/** A budget that nothing is held against would bound nothing. */
function refuseUnpriced({ budget, models }: SynthRun): void {
  const free = Object.values(models).find(({ price }) => !price);
  if (budget === undefined || !free) return;
  throw new OperatorError(
    `${free.model.name} has no price, so that no budget can hold it: give one in models.yaml, or --most-tokens.`,
  );
}

type Asking = { readonly journal: Journal; readonly source: Source };

function sourceOf(
  { mode }: SynthRun,
  writer: BatchWriter | undefined,
  giveUp: (error: ModelError) => void,
): Source {
  if (writer) return writer.source;
  return mode.kind === 'read' ? askNobody : askOnline(giveUp);
}

async function takeSteps(
  run: SynthRun,
  begun: Manifest,
  asking: Asking,
  signal: AbortSignal,
): Promise<SynthOutcome> {
  let manifest = await loaded(run, begun, signal);
  let last: StepName = 'load';
  for (const step of run.steps) {
    if (isAfter(last, run.until)) break;
    const settings = settingsOfStep(step, { models: run.models, seed: run.seed, after: last });
    const known = manifest.steps.find(({ name }) => name === step.name);
    if (known) await refuseChanges(run.out, step, known.settings, settings);
    const from = manifest.steps.find(({ name }) => name === last);
    last = step.name;
    if (known?.state === 'done' || !from) continue;
    await keepPrompts(run.out, step);
    // What it was begun with is known from its first request on.
    manifest = withStep(manifest, { ...emptyStep(step.name, settings), in: from.out, waiting: from.out });
    await writeManifest(run.out, manifest);
    const earlier = manifest;
    const spent = (use: Use) => whatIsSpent(run, earlier, use);
    const ran = await runStep(
      run,
      { step, from: { file: from.file, count: from.out }, settings, ...asking, spent },
      signal,
    );
    manifest = withStep(manifest, ran.manifest);
    await writeManifest(run.out, manifest);
    if (ran.manifest.state !== 'done') {
      return { manifest, stopped: { step: step.name, why: ran.why ?? 'not all of it is answered' } };
    }
  }
  return { manifest };
}

async function loaded(run: SynthRun, manifest: Manifest, signal: AbortSignal): Promise<Manifest> {
  const settings = run.limit === undefined ? {} : { limit: run.limit };
  const known = manifest.steps.find(({ name }) => name === 'load');
  if (known) {
    if (run.sources) await refuseChanges(run.out, { name: 'load', prompts: {} }, known.settings, settings);
    const sources = await whatIsLoaded(run, manifest.sources, signal);
    return { ...manifest, sources };
  }
  if (!run.sources || run.sources.length === 0) {
    throw new OperatorError(`${run.out} was begun with no files: give them.`);
  }
  const sources = await whatIsLoaded(run, [], signal);
  const step = await runLoad(run, settings, signal);
  const next = withStep({ ...manifest, sources }, step);
  await writeManifest(run.out, next);
  return next;
}

function emptyStep(name: StepName, settings: StepManifest['settings']): StepManifest {
  return {
    ...{ name, state: 'waiting', in: 0, out: 0, rejected: 0, waiting: 0 },
    ...stepFile(name),
    ...{ rejects: {}, counts: {}, models: {}, settings, started: new Date().toISOString(), seconds: 0 },
  };
}

/** Of what all steps may use, the one that runs included, what there is no more of. */
function whatIsSpent({ budget, mostTokens }: SynthRun, { steps }: Manifest, use: Use): string | undefined {
  const before = steps.flatMap((step) => (step.state === 'done' ? Object.values(step.models) : []));
  const tokens = before.reduce((sum, one) => sum + one.promptTokens + one.completionTokens, use.tokens);
  const cost = before.reduce((sum, one) => sum + (one.cost ?? 0), use.cost ?? 0);
  if (budget !== undefined && cost >= budget) return 'the budget is spent';
  return mostTokens !== undefined && tokens >= mostTokens
    ? 'the tokens that it may use are spent'
    : undefined;
}

function isAfter(last: StepName, until: StepName | undefined): boolean {
  return until !== undefined && STEPS.indexOf(last) >= STEPS.indexOf(until);
}

/** Takes away what a step and those after it made; their answers stay. */
async function forgetFrom(
  { redo: name, out: folder, sources = [] }: SynthRun,
  manifest: Manifest,
): Promise<Manifest> {
  if (name === undefined) return manifest;
  // Before anything is taken away.
  if (name === 'load' && sources.length === 0) {
    throw new OperatorError(`${folder}: to do the load anew, give the files again.`);
  }
  const from = STEPS.indexOf(name);
  const gone = manifest.steps.filter((step) => STEPS.indexOf(step.name) >= from);
  const next: Manifest = {
    ...manifest,
    sources: name === 'load' ? [] : manifest.sources,
    steps: manifest.steps.filter((step) => !gone.includes(step)),
  };
  // The manifest first: files that it does not name are nobody’s.
  if (gone.length > 0) await writeManifest(folder, next);
  for (const { file, rejectsFile } of gone) {
    await rm(join(folder, file), { force: true });
    await rm(join(folder, rejectsFile), { force: true });
  }
  return next;
}

async function takeResults(
  { mode, out }: SynthRun,
  journal: Journal,
  asked: DiskMap,
  signal: AbortSignal,
): Promise<BatchRead | undefined> {
  if (mode.kind !== 'read') return undefined;
  return readBatches(mode.results, out, { journal, read: mode.read, keep: withReasoning, asked }, signal);
}
