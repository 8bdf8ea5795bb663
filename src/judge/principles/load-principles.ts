import { OperatorError } from '../../errors.ts';
import type { Principle } from './principle.ts';
import { breaksUnsaid, type PrincipleEntry, readPrinciples } from './read-principles.ts';
import { shippedPrinciples } from './shipped.ts';

/**
 * What lines are judged by on this machine: what ships, as the operator's own file changes it, and what
 * that file adds, last.
 *
 * @param own the operator's file, its name and what it holds; without one what ships
 * @throws OperatorError with a line for each problem: file, entry, field
 */
export function loadPrinciples(own?: { readonly file: string; readonly yaml: string }): readonly Principle[] {
  const shipped = shippedPrinciples();
  if (!own) return shipped;
  const { file, yaml } = own;
  try {
    return changed(shipped, readPrinciples(yaml, file), file);
  } catch (error) {
    throw new OperatorError(error instanceof Error ? error.message : `${file} cannot be read.`, error);
  }
}

function changed(
  shipped: readonly Principle[],
  entries: readonly PrincipleEntry[],
  file: string,
): readonly Principle[] {
  const changes = new Map(entries.map((entry) => [entry.id, entry]));
  const kept = shipped.flatMap((principle): Principle[] => {
    const change = changes.get(principle.id);
    changes.delete(principle.id);
    if (!change) return [principle];
    const { off, at: _at, ...fields } = change;
    return off ? [] : [{ ...principle, ...fields, source: 'operator' }];
  });
  const added = [...changes.values()];
  const problems = added.flatMap(({ id, at, off, asks }) => {
    const where = `${file}, entry ${at} (${id})`;
    if (off) return [`${where}: off is for one that ships, and none has that id.`];
    return asks === undefined ? [`${where}: asks is missing.`] : [];
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return [...kept, ...added.map(wholeOf)];
}

/** One of the operator's own, with what its file left unsaid. */
function wholeOf({
  id,
  name,
  dimension,
  sign = 'positive',
  level,
  asks = '',
  ...said
}: PrincipleEntry): Principle {
  return {
    id,
    dimension: dimension ?? 'overall',
    name: name ?? nameOf(id),
    sign,
    level: level ?? 'sentence',
    asks,
    breaks: said.breaks ?? breaksUnsaid(sign, asks),
    example: said.example ?? '',
    source: 'operator',
  };
}

function nameOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
