import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import { readBegun } from './begun.ts';

/** What a folder was begun with: the same questions are asked the same way when it is gone on with. */
const runSchema = z.object({
  format: z.literal(1),
  /** What fences and names of candidates are drawn from. */
  secret: z.string().min(16),
  /** The files that were judged last: results of a batch are read against them. */
  files: z.array(z.string()),
});
export type RunFile = Readonly<z.infer<typeof runSchema>>;

/**
 * What the folder was begun with, or begins it; `files`, where there are any, are put down in it.
 * @throws OperatorError where it cannot be read or written
 */
export async function openRunFile(folder: string, files: readonly string[]): Promise<RunFile> {
  const path = join(folder, 'run.json');
  const known = await readBegun(path, runSchema);
  const run: RunFile = {
    format: 1,
    secret: known?.secret ?? randomBytes(16).toString('hex'),
    files: files.length > 0 ? [...files] : (known?.files ?? []),
  };
  try {
    await writeFile(path, `${JSON.stringify(run, undefined, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  }
  return run;
}
