import { open } from 'node:fs/promises';
import { brokeOff, otherSize } from './fetch-errors.ts';
import type { NamedModel } from './named-models.ts';

/**
 * Writes what comes behind what is there. What was written stays where it breaks off.
 *
 * @param into.begin bytes that are there already; 0 begins the file anew
 * @param into.size bytes that it has to be
 * @param silence aborts `response` where nothing comes; begun anew with each piece
 * @throws OperatorError where it ends too early or too late, or what reading and writing throw
 */
export async function receiveFile(
  model: NamedModel,
  response: Response,
  into: { readonly path: string; readonly begin: number; readonly size: number },
  silence: { refresh(): void },
  onProgress: (bytes: number, of: number) => void,
): Promise<void> {
  const { path, begin, size } = into;
  await using file = await open(path, begin > 0 ? 'a' : 'w');
  let bytes = begin;
  onProgress(bytes, size);
  const pieces = response.body?.values() ?? [];
  try {
    for await (const piece of pieces) {
      silence.refresh();
      if (bytes + piece.byteLength > size) throw otherSize(model, size, bytes + piece.byteLength);
      await file.writeFile(piece);
      bytes += piece.byteLength;
      onProgress(bytes, size);
    }
  } catch (error) {
    // Undici's word for a connection that was cut is a TypeError; all others have names of their own.
    throw error instanceof TypeError ? brokeOff(model, bytes, size, error) : error;
  }
  if (bytes < size) throw brokeOff(model, bytes, size);
  // On the disk before it gets its name.
  await file.sync();
}
