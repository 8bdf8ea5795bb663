import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Principle, principleSchema } from './principle.ts';
import { readPrinciples } from './read-principles.ts';

const FILE = new URL('principles.yaml', import.meta.url);
const shippedSchema = z.array(principleSchema);

let read: readonly Principle[] | undefined;

/**
 * The principles that ship, in the order of their file (`principles.yaml` beside this one). Read once.
 * @throws Error where that file is damaged
 */
export function shippedPrinciples(): readonly Principle[] {
  read ??= readShipped();
  return read;
}

function readShipped(): readonly Principle[] {
  const entries = readPrinciples(readFileSync(FILE, 'utf8'), 'principles.yaml');
  const whole = shippedSchema.parse(entries.map(({ at: _at, ...entry }) => entry));
  return whole.map((principle) => ({ ...principle, source: 'ours' }));
}
