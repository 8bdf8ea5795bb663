import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import { transcriptLineSchema } from '../eval/transcript-line.ts';
import { linesIn } from '../folder/lines-in.ts';
import { transcriptSchema } from '../selfplay/run/dialogue-lines.ts';
import { selfplayReport } from '../selfplay/run/selfplay-report.ts';
import { coserReport } from './coser-report.ts';
import type { ReportData } from './report-data.ts';
import { resultIn } from './result-in.ts';

/**
 * The report of a finished run, of any benchmark, anew from its `results.json` and `transcripts.jsonl`.
 *
 * @throws OperatorError where the folder holds no results that can be read
 */
export async function readReport(folder: string): Promise<ReportData> {
  const found = resultIn(await readJson(join(folder, 'results.json')));
  switch (found?.of) {
    case 'coser':
      return coserReport(found.result, await readLines(folder, transcriptLineSchema));
    case 'selfplay':
      return selfplayReport(found.result, await readLines(folder, transcriptSchema));
    default:
      throw new OperatorError(
        `${folder} holds no results that this version reads: run it again, or use the version that made it.`,
      );
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) {
      throw new OperatorError(
        `${path} is not there: give the folder of a run that has come to its end.`,
        error,
      );
    }
    throw new OperatorError(`${path} cannot be read.`, error);
  }
}

/** Transcripts; none where there is no such file: figures are shown all the same. */
async function readLines<T>(folder: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const path = join(folder, 'transcripts.jsonl');
  const lines: T[] = [];
  try {
    for await (const line of linesIn(createReadStream(path))) {
      if (line.trim() !== '') lines.push(schema.parse(JSON.parse(line)));
    }
  } catch (error) {
    if (isMissing(error)) return [];
    throw new OperatorError(`${path}, line ${lines.length + 1}, cannot be read.`, error);
  }
  return lines;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
