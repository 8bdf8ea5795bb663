import { access } from 'node:fs/promises';
import type { Principle } from '../../../judge/principles/principle.ts';
import { BadUse } from '../../bad-use.ts';
import { OWN_PRINCIPLES } from '../../house.ts';
import { principlesIn } from '../../principles-in.ts';

/**
 * What is judged by: what ships, as `--principles FILE` changes it, else as the operator's own file does.
 * @throws BadUse where the file that was named is not there; OperatorError where it is wrong
 */
export async function principlesOf(file: string | undefined): Promise<readonly Principle[]> {
  if (file === undefined) return principlesIn(OWN_PRINCIPLES);
  try {
    await access(file);
  } catch (error) {
    throw new BadUse(`${file} cannot be read: --principles takes a file of principles.`, error);
  }
  return principlesIn(file);
}
