import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { createAsk } from '../calls/ask.ts';
import type { LabModel } from '../calls/call.ts';
import { openJournal } from '../calls/journal.ts';
import { diskPlaces } from '../calls/places.ts';
import { version } from '../eval/version.ts';
import { writeJson } from '../eval/write-whole.ts';
import { differencesBetween, readBegun } from '../folder/begun.ts';
import { openDiskMap } from '../folder/disk-map.ts';
import { holdFolder } from '../folder/hold-folder.ts';
import { type LineFile, openLineFile } from '../folder/line-file.ts';
import { baselinesFrom, baselinesIn, type FindBaseline } from './baseline/baseline.ts';
import { type BaselineCounts, withBaselines } from './baseline/with-baselines.ts';
import type { Form } from './engines/row-of.ts';
import { describeBytes } from './files/describe.ts';
import { wellFormed } from './files/well-formed.ts';
import { findInput, type Input } from './input/find-input.ts';
import { readConversations } from './input/read-conversations.ts';
import { begunSchema, type ExportManifest, type ExportSettings } from './manifest.ts';
import { writeRecipes } from './recipes/write-recipes.ts';
import type { Engine, Kind, Made, Sample, SampleReject } from './sample.ts';
import { RECORD_KINDS, type RecordKind, recordSamples } from './samples/record-samples.ts';
import { type Apart, NOTHING_APART, readApart } from './splits/apart.ts';
import { type SplitRule, splitOf } from './splits/split-of.ts';
import { type WrittenSamples, writeSamples } from './write-samples.ts';

export type ExportRun = {
  /** Files of conversations, and folders that `lab synth` made. */
  readonly sources: readonly string[];
  /** Samples for the judge, where there are any; `name` tells other ones apart. */
  readonly judged?: { readonly name: string; readonly samples: (signal: AbortSignal) => AsyncIterable<Made> };
  readonly out: string;
  readonly kinds: readonly Kind[];
  readonly engines: readonly Engine[];
  readonly forms: readonly Form[];
  readonly split: SplitRule;
  /** A test set that is never trained on. */
  readonly apart?: string;
  /** A file of answers, or who is asked for them; left out: the reference reply. */
  readonly baseline?: string | LabModel;
  readonly concurrency: number;
  /** Of a whole sample, estimated. */
  readonly maxTokens: number;
  /** Conversations, at most. */
  readonly limit?: number;
  readonly onConversation?: (count: number) => void;
};

/**
 * Turns conversations into what engines train on (her-spec 8). All files of rows are there, whole, or none is;
 * the same settings over the same files give the same bytes.
 *
 * @throws OperatorError where the folder was begun with others, something came through Discord, or a file
 *   cannot be read or written; ModelError where a baseline gets no answer; the signal’s reason when aborted
 */
export async function runExport(run: ExportRun, signal: AbortSignal): Promise<ExportManifest> {
  using _held = holdFolder(run.out);
  const input = await findInput(run.sources, signal);
  const settings = await settingsOf(run, input, signal);
  await begin(run.out, settings);
  const apart = run.apart === undefined ? NOTHING_APART : await readApart(run.apart);
  const tally = newTally();
  const rejects = openLineFile(join(run.out, 'rejects.jsonl'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => forget(run.out, ['.seen', '.baselines']));
  opened.defer(() => rejects.discard());
  const find = await openBaselines(run, opened, signal);

  async function* samples(): AsyncGenerator<Sample> {
    const allowed = keptApart(made(run, input, tally, signal), apart, run.split.by);
    const all = find ? withBaselines(allowed, find, run.concurrency, tally.baselines, signal) : allowed;
    for await (const one of all) {
      if (one.kind === 'sample') yield one.sample;
      else await reject(one, rejects, tally);
    }
  }

  const written = await writeSamples(
    samples(),
    { ...run, splitOf: ({ source }) => splitOf(source, run.split) },
    signal,
  );
  await rejects.keep();
  const manifest = manifestOf(run, input, settings, tally, written);
  await writeRecipes(run.out, manifest);
  await writeJson(join(run.out, 'export.json'), manifest);
  return manifest;
}

/** Takes away what was only needed on the way. */
async function forget(out: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(out, name), { force: true });
}

type Tally = {
  read: number;
  used: number;
  cut: number;
  mended: number;
  readonly rejects: Record<string, number>;
  readonly baselines: BaselineCounts;
};

function newTally(): Tally {
  return {
    read: 0,
    used: 0,
    cut: 0,
    mended: 0,
    rejects: {},
    baselines: { file: 0, model: 0, missing: 0, illegal: 0 },
  };
}

/** Everything that can be made, with what cannot. */
async function* made(
  run: ExportRun,
  { files }: Input,
  tally: Tally,
  signal: AbortSignal,
): AsyncGenerator<Made> {
  const kinds = RECORD_KINDS.filter((kind: RecordKind) => run.kinds.includes(kind));
  const options = {
    ...{ kinds, maxTokens: run.maxTokens },
    onCut: () => {
      tally.cut += 1;
    },
  };
  using seen = openDiskMap(join(run.out, '.seen'));
  for await (const read of readConversations(files, signal)) {
    if (tally.read === run.limit) break;
    tally.read += 1;
    run.onConversation?.(tally.read);
    if (read.kind === 'reject') yield read;
    else if (seen.has(read.record.id)) yield { kind: 'reject', id: read.record.id, why: 'duplicate-id' };
    else {
      seen.add(read.record.id);
      tally.used += 1;
      // Before anything reads it: what a parser mends by itself nobody counts.
      const record = wellFormed(read.record);
      if (record !== read.record) tally.mended += 1;
      yield* recordSamples(record, options);
    }
  }
  if (run.judged) {
    for await (const one of run.judged.samples(signal)) {
      if (one.kind === 'reject' || run.kinds.includes(one.sample.kind)) yield one;
    }
  }
}

/** Of a test set nothing is trained on: its samples are in no split. */
async function* keptApart(
  samples: AsyncIterable<Made>,
  apart: Apart,
  by: SplitRule['by'],
): AsyncGenerator<Made> {
  for await (const one of samples) {
    const why = one.kind === 'sample' ? apart.whyApart(one.sample.source, by) : undefined;
    if (one.kind === 'sample' && why) yield { kind: 'reject', id: one.sample.id, why };
    else yield one;
  }
}

async function reject({ kind: _, ...line }: SampleReject, file: LineFile, tally: Tally): Promise<void> {
  tally.rejects[line.why] = (tally.rejects[line.why] ?? 0) + 1;
  await file.write(line);
}

async function openBaselines(
  { baseline, kinds, out }: ExportRun,
  opened: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<FindBaseline | undefined> {
  if (baseline === undefined || !kinds.includes('rp-rl')) return undefined;
  if (typeof baseline === 'string') {
    return baselinesIn(baseline, opened.use(openDiskMap(join(out, '.baselines'))), signal);
  }
  const journal = await openJournal(join(out, 'calls.jsonl'), diskPlaces(join(out, '.calls')));
  opened.defer(() => journal.close());
  return baselinesFrom(baseline, createAsk(journal));
}

async function settingsOf(run: ExportRun, input: Input, signal: AbortSignal): Promise<ExportSettings> {
  const { baseline, apart, split } = run;
  const file = async (path: string) => (await describeBytes(path, signal)).sha256.slice(0, 12);
  return {
    source: input.sha256.slice(0, 12),
    kinds: run.kinds.join(','),
    engines: run.engines.join(','),
    forms: run.forms.join(','),
    seed: split.seed,
    val: split.val,
    test: split.test,
    'split by': split.by,
    'max tokens': run.maxTokens,
    ...(run.limit === undefined ? {} : { limit: run.limit }),
    ...(run.judged === undefined ? {} : { verdicts: run.judged.name }),
    ...(apart === undefined ? {} : { apart: await file(apart) }),
    ...(baseline === undefined
      ? {}
      : { baseline: typeof baseline === 'string' ? await file(baseline) : baseline.model.name }),
  };
}

/** @throws OperatorError where the folder was begun with other settings */
async function begin(out: string, settings: ExportSettings): Promise<void> {
  const path = join(out, 'settings.json');
  const known = await readBegun(path, begunSchema);
  if (!known) return writeJson(path, { format: 1, kind: 'export', settings });
  const differing = differencesBetween(known.settings, settings);
  if (differing.length === 0) return;
  throw new OperatorError(`${out} was exported otherwise: ${differing.join('; ')}. Choose another --out.`);
}

function manifestOf(
  run: ExportRun,
  { files, sha256, manifests }: Input,
  settings: ExportSettings,
  tally: Tally,
  { files: written, counts, mended }: WrittenSamples,
): ExportManifest {
  const steps = manifests.flatMap(({ folder, manifest }) =>
    manifest.steps.map(({ name: step, models, in: before, out }) => ({
      ...{ folder, step, in: before, out },
      models: Object.values(models).map(({ model }) => model),
    })),
  );
  return {
    ...{ format: 1, kind: 'export', version: version(), seed: run.split.seed, settings },
    source: { files: [...files], sha256, steps },
    conversations: { in: tally.read, out: tally.used },
    samples: counts,
    rejects: tally.rejects,
    notes: { cut: tally.cut, mended: tally.mended + mended },
    baselines: tally.baselines,
    files: [...written],
  };
}
