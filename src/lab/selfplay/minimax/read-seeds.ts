import { OperatorError } from '../../../errors.ts';
import { recordsIn } from '../run/read-records.ts';
import { type Seed, seedSchema } from './seed.ts';

export type ReadSeeds = {
  readonly seeds: readonly Seed[];
  /** Records that are in no figure, and why. */
  readonly problems: readonly string[];
};

/**
 * Seeds of a file (JSON array or JSON Lines). A record with a missing field, or an id that was there before,
 * is left out and named.
 *
 * @throws OperatorError where there is none at all
 */
export function readSeeds(text: string, path: string): ReadSeeds {
  const seeds = new Map<string, Seed>();
  const problems: string[] = [];
  for (const [at, record] of recordsIn(text, path).entries()) {
    const read = seedSchema.safeParse(record);
    const where = `${path}, record ${at + 1}`;
    if (!read.success) {
      const [issue] = read.error.issues;
      problems.push(`${where}: ${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'it is no seed'}`);
    } else if (seeds.has(read.data.id)) {
      problems.push(`${where}: the id ${read.data.id.slice(0, 80)} is there twice`);
    } else seeds.set(read.data.id, read.data);
  }
  if (seeds.size === 0) {
    throw new OperatorError(
      [`${path} holds no seed that can be played.`, ...problems.slice(0, 5)].join('\n'),
    );
  }
  return { seeds: [...seeds.values()], problems };
}
