import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { OperatorError } from '../errors.ts';

/**
 * The text of a file that an operator may or may not have written; undefined where there is none.
 * @throws OperatorError where it is there and cannot be read
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new OperatorError(
      `${basename(path)} cannot be read: check that it is a file and its permissions.`,
      error,
    );
  }
}
