import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { OperatorError } from '../../../errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** So many bytes at the start of a file tell how it is written. */
const LOOKED_AT = 4096;

/** Files that hold text in no form that is read. */
const PACKED = [
  ['\x1f\x8b', 'packed with gzip'],
  ['PK\x03\x04', 'a zip file'],
  ['\x28\xb5\x2f\xfd', 'packed with zstd'],
  ['PAR1', 'a Parquet file'],
] as const;

/** What a file is, before it is read. */
export type FileLook = {
  readonly bytes: number;
  readonly modified: number;
  readonly encoding: Encoding;
  readonly begins: string;
};

/**
 * Looks at the beginning of a file.
 * @throws OperatorError where it is none that can be read: a folder, a pipe, not there
 */
export async function lookAtFile(path: string): Promise<FileLook> {
  try {
    const found = await stat(path);
    // A pipe could not be read a second time, and one that nobody writes to would never end.
    if (!found.isFile())
      throw new OperatorError(
        `${path} is ${found.isDirectory() ? 'a folder: name the files in it' : 'no file'}.`,
      );
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const head = buffer.subarray(0, bytesRead);
    const packed = PACKED.find(([sign]) =>
      head.subarray(0, sign.length).equals(Buffer.from(sign, 'latin1')),
    )?.[1];
    if (packed) throw new OperatorError(`${path} is ${packed}: make a file of text of it first.`);
    const encoding = encodingOf(head);
    const begins = new TextDecoder(encoding).decode(head);
    return { bytes: found.size, modified: found.mtimeMs, encoding, begins };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
}

/** So many of the bytes on one side are zeros where a text is UTF-16: of blanks and brackets alone there are as many. */
const ZEROS = 0.02;

/** By its mark of byte order, else by where the zeros are: of signs of ASCII every second byte is one. */
function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = head.length / 2;
  if (odd > most * ZEROS && even < odd / 10) return 'utf-16le';
  if (even > most * ZEROS && odd < even / 10) return 'utf-16be';
  return 'utf-8';
}

/**
 * The text of a file, piece by piece, without a mark of byte order.
 * @param onBytes told how many bytes are read
 * @throws OperatorError where it cannot be read
 */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const input = createReadStream(path, { highWaterMark: 1 << 18 });
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  try {
    for await (const chunk of input) {
      signal.throwIfAborted();
      bytes += chunk.length;
      onBytes(bytes);
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (input.errored) throw new OperatorError(`${path} cannot be read: check the path.`, error);
    throw error;
  } finally {
    input.destroy();
  }
  yield decoder.decode();
}
