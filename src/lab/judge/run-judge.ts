import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import type { Principle } from '../../judge/principles/principle.ts';
import { createAsk, type Source } from '../calls/ask.ts';
import { askOnline } from '../calls/ask-online.ts';
import { createAsking } from '../calls/asking.ts';
import type { BatchLimits } from '../calls/batch-line.ts';
import type { LabModel } from '../calls/call.ts';
import { type Journal, openJournal } from '../calls/journal.ts';
import { type BatchRead, type ReadAnswer, readBatches } from '../calls/read-batches.ts';
import { askNobody, type BatchFile, createBatchWriter } from '../calls/write-batches.ts';
import { holdFolder } from '../folder/hold-folder.ts';
import { openRunFile } from '../folder/run-file.ts';
import { writeLines } from '../folder/write-lines.ts';
import { type Judged, judgedOf } from './figures/judged.ts';
import { rankingSvg } from './figures/ranking-svg.ts';
import { type Summary, summaryOf } from './figures/summary.ts';
import { lookThrough, readFiles } from './input/read-files.ts';
import { type Bench, judgeItems } from './judge-items.ts';
import type { Pairing } from './pairing.ts';
import { promptHash } from './prompt-hash.ts';
import type { VerdictLine } from './verdict-line.ts';

export type JudgeRun = {
  /** Files of items; for results of a batch, those that the folder was begun with. */
  readonly files: readonly string[];
  /** The folder that all is written to. */
  readonly out: string;
  readonly judges: readonly LabModel[];
  readonly principles: readonly Principle[];
  readonly pairing: Pairing;
  /** Pairs under way at once. */
  readonly concurrency: number;
  /** Of the intervals. */
  readonly seed: number;
  readonly mode:
    | { readonly kind: 'online' }
    | { readonly kind: 'write'; readonly limits?: BatchLimits }
    | { readonly kind: 'read'; readonly results: readonly string[]; readonly read: ReadAnswer };
  /** How far it is: pairs, of each judge. */
  readonly progress: (done: number, total: number) => void;
};

export type JudgeOutcome = {
  /** Absent where requests were written for a batch. */
  readonly summary?: Summary;
  /** Calls that were in the journal before. */
  readonly known: number;
  /** Calls that were answered now. */
  readonly asked: number;
  readonly batches?: readonly BatchFile[];
  readonly read?: BatchRead;
};

/**
 * Judges files into a folder: `calls.jsonl`, `verdicts.jsonl`, `summary.json`, `ranking.svg`. Begun again,
 * it asks only what has no answer yet.
 *
 * @throws OperatorError for bad files, a folder in use, or a model that cannot be asked; the signal's
 *   reason when aborted: what was answered by then is kept
 */
export async function runJudge(run: JudgeRun, signal: AbortSignal): Promise<JudgeOutcome> {
  using _held = holdFolder(run.out);
  const { secret, files } = await openRunFile(run.out, run.files);
  if (files.length === 0) throw new OperatorError(`${run.out} was begun with no files: give them.`);
  const { items, pairs, problems } = await lookThrough(files, run.pairing, signal);
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  if (items === 0) throw new OperatorError('There is nothing to judge: the files hold no item.');
  if (pairs === 0) throw new OperatorError('There is no pair to judge: no item has the baseline.');

  const journal = await openJournal(join(run.out, 'calls.jsonl'));
  try {
    const known = journal.size;
    const read =
      run.mode.kind === 'read'
        ? await readBatches(run.mode.results, run.out, { journal, read: run.mode.read }, signal)
        : undefined;
    const benches = run.judges.map(
      (judge): Bench => ({ judge, prompt: promptHash(judge.model, run.principles) }),
    );
    const all = { ...run, files, benches, secret, items, pairs };
    const batches =
      run.mode.kind === 'write' ? await writeBatches(all, run.mode.limits, journal, signal) : undefined;
    const summary = batches ? undefined : await judgeAll(all, journal, signal);
    return {
      ...(summary ? { summary } : {}),
      known,
      asked: journal.size - known,
      ...(batches ? { batches } : {}),
      ...(read ? { read } : {}),
    };
  } finally {
    await journal.close();
  }
}

type Whole = JudgeRun & {
  readonly benches: readonly Bench[];
  readonly secret: string;
  readonly items: number;
  readonly pairs: number;
};

async function judgeAll(run: Whole, journal: Journal, signal: AbortSignal): Promise<Summary> {
  const stop = new AbortController();
  const source = run.mode.kind === 'read' ? askNobody : askOnline((error) => stop.abort(error));
  const judged = new Map<string, Judged[]>(run.judges.map(({ model }) => [model.name, []]));
  async function* lines(): AsyncGenerator<VerdictLine> {
    for await (const line of verdicts(run, source, journal, AbortSignal.any([signal, stop.signal]))) {
      judged.get(line.judge)?.push(judgedOf(line));
      yield line;
    }
  }
  await writeLines(join(run.out, 'verdicts.jsonl'), lines());
  const summed = run.benches.map(({ judge: { model }, prompt }) => ({
    judge: model.name,
    prompt,
    judged: judged.get(model.name) ?? [],
  }));
  const summary = summaryOf(run.items, summed, run.seed);
  await writeFile(join(run.out, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
  const svg = rankingSvg(summary.judges);
  if (svg !== undefined) await writeFile(join(run.out, 'ranking.svg'), svg);
  return summary;
}

async function writeBatches(
  run: Whole,
  limits: BatchLimits | undefined,
  journal: Journal,
  signal: AbortSignal,
): Promise<readonly BatchFile[]> {
  const writer = createBatchWriter(run.out, limits);
  try {
    for await (const _line of verdicts(run, writer.source, journal, signal));
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return writer.close();
}

async function* verdicts(
  run: Whole,
  source: Source,
  journal: Journal,
  signal: AbortSignal,
): AsyncGenerator<VerdictLine> {
  const { benches, principles, pairing, secret, concurrency, files } = run;
  const asking = createAsking(createAsk(journal, undefined, source));
  const total = run.pairs * benches.length;
  let done = 0;
  for await (const line of judgeItems(
    readFiles(files, signal),
    { benches, asking, principles, pairing, secret, concurrency },
    signal,
  )) {
    yield line;
    done += 1;
    run.progress(done, total);
  }
}
