import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import { ENGINES, type ExportedFile, KINDS, SPLITS } from '../export/sample.ts';

/** Of `export.json`, what is needed here. */
const exportSchema = z.object({
  files: z.array(
    z.object({
      path: z.string().min(1),
      engine: z.enum(ENGINES),
      kind: z.enum(KINDS),
      split: z.enum(SPLITS),
      form: z.enum(['jsonl', 'parquet']),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      sha256: z.string(),
    }),
  ),
});

/**
 * The files that a folder was exported into.
 * @throws OperatorError where it is no such folder
 */
export async function readExport(folder: string): Promise<readonly ExportedFile[]> {
  let text: string;
  try {
    text = await readFile(join(folder, 'export.json'), 'utf8');
  } catch (error) {
    throw new OperatorError(`${folder} has no export.json: name the files in it one by one.`, error);
  }
  try {
    return exportSchema.parse(JSON.parse(text)).files;
  } catch (error) {
    throw new OperatorError(`${folder}/export.json is none of dramatis lab export.`, error);
  }
}
