import { openLineFile } from './line-file.ts';

/**
 * Writes JSON Lines as they come; the file is there, whole, only once all of them are.
 * @throws OperatorError where it cannot be written, and whatever the lines throw
 */
export async function writeLines(path: string, lines: AsyncIterable<unknown>): Promise<void> {
  const file = openLineFile(path);
  try {
    for await (const line of lines) await file.write(line);
    await file.keep();
  } finally {
    await file.discard();
  }
}
