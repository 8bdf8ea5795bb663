import { weightOf } from '../../scene/weight-of.ts';
import { DIMENSIONS, type Principle } from './principle.ts';

export type Room = {
  /** Weight (`weightOf`) of all that are chosen, at most; negative ones are there whatever they weigh. */
  readonly budget: number;
  /** Something came before the turn that is judged. */
  readonly past: boolean;
};

/** One of each dimension, those first that most often tell two turns apart. */
const CORE = [
  'responds-to-the-other',
  'authentic-voice',
  'moves-the-scene',
  'emotional-authenticity',
  'economy',
  'expressive-action',
  'relationship-progression',
  'sustains-tension',
  'sensory-detail',
  'era-register',
  'engagement',
  'in-character-redirect',
];

/**
 * Which principles a judge of one turn is given, for a small model cannot weigh fifty: all negative ones,
 * in their order; then positive ones until the budget is spent. Of these the server's own come first,
 * then the operator's, then a core of one for each dimension, then the others, dimension by dimension in
 * turn. Where nothing came before, there is nothing to hold `session` ones against. More budget only adds.
 */
export function principlesFor(all: readonly Principle[], { budget, past }: Room): readonly Principle[] {
  const negative = all.filter(({ sign }) => sign === 'negative');
  const positive = all.filter(({ sign, level }) => sign === 'positive' && (past || level === 'sentence'));
  const chosen = [...negative];
  let left = budget - negative.reduce((sum, one) => sum + weightOfPrinciple(one), 0);
  for (const one of byImportance(positive)) {
    left -= weightOfPrinciple(one);
    if (left < 0) break;
    chosen.push(one);
  }
  return chosen;
}

/** What a judge reads of it: of a negative one the fault, of a positive one what it asks, each under its id. */
export function weightOfPrinciple({ id, sign, asks, breaks }: Principle): number {
  return weightOf(id) + weightOf(sign === 'negative' ? breaks : asks);
}

function byImportance(principles: readonly Principle[]): readonly Principle[] {
  const places = new Map(CORE.map((id, place) => [id, place]));
  const core = principles
    .filter(({ id, source }) => source === 'ours' && places.has(id))
    .sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
  const others = principles.filter(({ id, source }) => source === 'ours' && !places.has(id));
  return [
    ...principles.filter(({ source }) => source === 'server'),
    ...principles.filter(({ source }) => source === 'operator'),
    ...core,
    ...inTurn(others),
  ];
}

/** The first of each dimension, then the second of each. */
function inTurn(principles: readonly Principle[]): readonly Principle[] {
  const rows = DIMENSIONS.map((id) => principles.filter(({ dimension }) => dimension === id));
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, column) =>
    rows.flatMap((row) => row.slice(column, column + 1)),
  ).flat();
}
