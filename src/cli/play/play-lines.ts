import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { BadUse } from '../bad-use.ts';

/**
 * The lines of `--script FILE`.
 * @throws BadUse where the file cannot be read.
 */
export async function readScript(file: string): Promise<readonly string[]> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/u);
  } catch (error) {
    throw new BadUse(`--script: ${file} cannot be read: check the path and who may read it.`, error);
  }
}

/** What comes through a pipe, line by line; ends with it, or when aborted. */
export async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal });
}
