import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { BadUse } from '../bad-use.ts';

/**
 * The lines of `--script FILE`.
 * @throws BadUse where the file cannot be read, or is no text.
 */
export async function readScript(file: string): Promise<readonly string[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new BadUse(`--script: ${file} cannot be read: check the path and who may read it`, error);
  }
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw new BadUse(`--script: ${file} is no text: write a line for each thing that is said, in UTF-8`);
  }
  return bytes.toString('utf8').split(/\r?\n/u);
}

/** What comes through a pipe, line by line; ends with it, or when aborted. */
export async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal });
}
