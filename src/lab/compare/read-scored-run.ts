import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { readCoserEvaluation } from '../coser/files/coser-evaluation.ts';
import { resultIn } from '../report/result-in.ts';
import { coserRun, evaluatedRun, type ScoredRun, selfplayRun } from './scored-run.ts';

/**
 * Reads a run’s folder, its `results.json`, or a file of CoSER’s own evaluator.
 * @throws OperatorError where it cannot be read, or is none of them
 */
export async function readScoredRun(path: string): Promise<ScoredRun> {
  const text = await readResults(path);
  const found = resultIn(parsed(text));
  if (found?.of === 'coser') return coserRun(path, found.result);
  if (found?.of === 'selfplay') return selfplayRun(path, found.result);
  try {
    return evaluatedRun(path, readCoserEvaluation(text));
  } catch (error) {
    throw new OperatorError(
      `${path} holds no results: give the folder of a finished run, its results.json, or a file of CoSER’s evaluator.`,
      error,
    );
  }
}

async function readResults(path: string): Promise<string> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return await readFile(isFolder ? join(path, 'results.json') : path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new OperatorError(`${path} holds no results yet: let the run come to its end first.`, error);
    }
    throw new OperatorError(`${path} cannot be read: is it the folder of a run?`, error);
  }
}

/** CoSER’s evaluator writes numbers that are no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
