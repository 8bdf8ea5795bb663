import { basename } from 'node:path';
import { readIfThere } from '../config/read-if-there.ts';
import { loadPrinciples } from '../judge/principles/load-principles.ts';
import type { Principle } from '../judge/principles/principle.ts';

/**
 * What ships, as that file changes it; one that is not there changes nothing.
 * @throws OperatorError where it cannot be read, or with a line for each thing that is wrong in it
 */
export function principlesIn(path: string): readonly Principle[] {
  const yaml = readIfThere(path);
  return yaml === undefined ? loadPrinciples() : loadPrinciples({ file: basename(path), yaml });
}
