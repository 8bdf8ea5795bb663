import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../../errors.ts';

export type ReadFile = { readonly text: string; readonly sha256: string };

/** @throws OperatorError where it cannot be read */
export async function readDataFile(path: string): Promise<ReadFile> {
  try {
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { text: bytes.toString('utf8').replace(/^\uFEFF/u, ''), sha256 };
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
}

/**
 * Records of a JSON array, or one a line.
 * @throws OperatorError where a line is no JSON
 */
export function recordsIn(text: string, path: string): readonly unknown[] {
  const bare = text.trim();
  if (bare.startsWith('[')) {
    const list = parse(bare, path);
    return Array.isArray(list) ? list : [];
  }
  return bare
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [parse(line, `${path}, line ${at + 1}`)]));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OperatorError(`${where}: that is no JSON.`, error);
  }
}
