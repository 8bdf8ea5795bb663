import { open } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';

const MAGIC = 'GGUF';
/** llama.cpp reads these. */
const VERSIONS = [2, 3];

/**
 * Whether a path leads to a GGUF file at all; needs nothing but the path.
 *
 * @returns its size in bytes
 * @throws OperatorError in one line
 */
export async function checkHeader(path: string): Promise<number> {
  try {
    await using file = await open(path);
    const stats = await file.stat();
    if (!stats.isFile())
      throw new OperatorError(`${path} is not a file: MODEL=gguf: and the path of a GGUF file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    if (buffer.toString('latin1', 0, 4) !== MAGIC) {
      throw new OperatorError(`${path} is not a GGUF file: those begin with the letters ${MAGIC}`);
    }
    if (bytesRead < 8) throw cutShort(path);
    const version = buffer.readUInt32LE(4);
    if (!VERSIONS.includes(version)) {
      throw new OperatorError(`${path} is a GGUF file of a kind that cannot be read: convert it anew`);
    }
    return stats.size;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(unreadable(path, error), error);
  }
}

/** The file ends before its weights do, as after a download that broke off. */
export function cutShort(path: string): OperatorError {
  return new OperatorError(`${path} is cut short or damaged: fetch it once more`);
}

function unreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `there is no file ${path}: check the path in MODEL=gguf:…`;
  return `${path} cannot be read (${String(code)}): check who may read it`;
}
