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
  let broken: OperatorError | undefined;
  const unwritable = (error: unknown) => new OperatorError(`${path} cannot be written: check --out.`, error);
  stream.once('error', (error) => {
    broken = unwritable(error);
  });
  try {
    for await (const line of lines) {
      if (broken) throw broken;
      if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain');
    }
    stream.end();
    await finished(stream);
  } catch (error) {
    // The stream’s own error comes first, in whatever words.
    throw broken ?? error;
  } finally {
    stream.destroy();
  }
  try {
    await rename(part, path);
  } catch (error) {
    throw unwritable(error);
  }
}
