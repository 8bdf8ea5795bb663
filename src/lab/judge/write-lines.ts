import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { OperatorError } from '../../errors.ts';

/**
 * Writes JSON Lines as they come; the file is there, whole, only once all of them are.
 * @throws OperatorError where it cannot be written, and whatever the lines throw
 */
export async function writeLines(path: string, lines: AsyncIterable<unknown>): Promise<void> {
  const part = `${path}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  const failed = once(stream, 'error').then(([error]) => {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  });
  failed.catch(() => {});
  try {
    for await (const line of lines) {
      if (!stream.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(stream, 'drain'), failed]);
    }
    stream.end();
    await Promise.race([finished(stream), failed]);
    await rename(part, path);
  } finally {
    stream.destroy();
  }
}
