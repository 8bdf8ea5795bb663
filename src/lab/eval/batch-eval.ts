import type { BatchLimits } from '../calls/batch-line.ts';
import { type BatchRead, type ReadAnswer, readBatches } from '../calls/read-batches.ts';
import { askNobody, type BatchFile, createBatchWriter } from '../calls/write-batches.ts';
import type { EvalRun } from './eval-run.ts';
import { playScenes } from './play-scenes.ts';
import type { EvalResult } from './result.ts';
import { inRunFolder, writeResults } from './run-eval.ts';

/** What a batch left to do. `waiting`: scenes with judgements that nobody has given yet. */
export type BatchOutcome = {
  readonly result: EvalResult;
  readonly waiting: readonly string[];
  readonly files: readonly BatchFile[];
  readonly read?: BatchRead;
};

/**
 * Plays the scenes, and writes what the judge has not answered yet into batch files of the run’s folder.
 * @throws as `runEval`; then no file is left behind that holds half of the requests
 */
export function writeEvalBatch(
  run: EvalRun,
  limits: BatchLimits | undefined,
  signal: AbortSignal,
): Promise<BatchOutcome> {
  return inRunFolder(run, async (folder) => {
    const writer = createBatchWriter(run.out, limits);
    try {
      const { journal } = folder;
      const scenes = await playScenes(run, { journal, judgements: writer.source }, signal);
      const files = await writer.close();
      return { result: await writeResults(run, scenes, folder), waiting: scenes.waiting, files };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  });
}

/**
 * Takes results of batches, and counts with the judgements that are there.
 * @throws as `runEval`; OperatorError for a file that cannot be read
 */
export function readEvalBatch(
  run: EvalRun,
  { results, read }: { readonly results: readonly string[]; readonly read: ReadAnswer },
  signal: AbortSignal,
): Promise<BatchOutcome> {
  return inRunFolder(run, async (folder) => {
    const { journal } = folder;
    const taken = await readBatches(results, run.out, { journal, read }, signal);
    const scenes = await playScenes(run, { journal, judgements: askNobody }, signal);
    const result = await writeResults(run, scenes, folder);
    return { result, waiting: scenes.waiting, files: [], read: taken };
  });
}
