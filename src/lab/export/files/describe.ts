import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../../../errors.ts';

/**
 * Length in bytes and hash of a file, in hexadecimal digits, read piece by piece.
 * @throws OperatorError where it cannot be read; the signal’s reason when aborted
 */
export async function describeBytes(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(
      createReadStream(path),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
        }
      },
      { signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
  return { bytes, sha256: hash.digest('hex') };
}
