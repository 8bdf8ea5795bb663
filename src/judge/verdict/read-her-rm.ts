import { foldKey, type Json, type JsonObject } from '../../format/answer-json.ts';
import type { Principle } from '../principles/principle.ts';
import { textOf } from './judge-words.ts';
import { type FindPrinciple, findIn } from './principle-ref.ts';

/**
 * HER-RM makes its principles itself, `"principle": {"Principle 1": {principle_name, dimension_name, …}}`,
 * and refers to them by name (her-spec 7.3). One is ours where its name is and its dimension is no other.
 */
export function findInHerRm(holder: JsonObject, principles: readonly Principle[]): FindPrinciple {
  const made = new Map<string, string>();
  for (const one of listOf(holder.get('principle') ?? holder.get('principles'))) {
    const name = textOf(one.get('principlename') ?? one.get('name'));
    if (name) made.set(foldKey(name), textOf(one.get('dimensionname') ?? one.get('dimension')));
  }
  const find = findIn(principles);
  return (name) => {
    const dimension = made.get(foldKey(name));
    const found = find(name, dimension);
    const own = findIn([])(name, dimension);
    const isOther = own.ref.dimension !== undefined && own.ref.dimension !== found.ref.dimension;
    return found.known && isOther ? own : found;
  };
}

function listOf(value: Json | undefined): JsonObject[] {
  const all = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : [];
  return all.filter((one) => one instanceof Map);
}
