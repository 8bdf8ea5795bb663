import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';

/**
 * Writes a file that is there whole or not at all, whatever ends the process meanwhile; a link or a device is
 * written through.
 * @throws OperatorError where it cannot be written, a full disk among the causes
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  try {
    if (await isOther(path)) return await writeFile(path, text);
    await writeFile(part, text, { mode: 0o600 });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new OperatorError(
      `${path} cannot be written: ${full ? 'the disk is full; answers that were got are kept' : 'check --out'}.`,
      error,
    );
  }
}

/** A link, a device, a pipe: to rename a file over it would take it away. */
async function isOther(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** @throws OperatorError as `writeWhole` */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWhole(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
