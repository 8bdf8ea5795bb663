import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';

/**
 * Written aside and renamed: a watcher never sees half a file, and what was there stays until all of the
 * new one is.
 * @throws CastFileError where it cannot be saved
 */
export async function writeWhole(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dir, `.${name}.part`);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(draft, bytes);
    await rename(draft, join(dir, name));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new CastFileError(
      name,
      `cannot be saved in ${dir}: check who may write there and the space left`,
      error,
    );
  }
}

/** @throws CastFileError where it cannot be taken away */
export async function removeFile(dir: string, name: string): Promise<void> {
  try {
    await rm(join(dir, name), { force: true });
  } catch (error) {
    throw new CastFileError(name, `cannot be deleted from ${dir}: check who may write there`, error);
  }
}
