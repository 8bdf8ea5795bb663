import { table } from '../judge/figures/table.ts';
import { counted } from '../report/numbers.ts';
import { plainLine } from '../report/plain.ts';
import type { ComparedFigure, Comparison } from './compare-runs.ts';
import type { Difference } from './differences.ts';

/** Longer values are cut; a checksum is not. Characters. */
const LONGEST = 64;

/**
 * The comparison for a terminal. Runs that are not on one scale get no figures, but where somebody asked for
 * them anyway.
 */
export function comparisonWords(comparison: Comparison, anyway: boolean): string {
  const { a, b, scale, meant, judge } = comparison;
  const parts = [`A  ${plainLine(a)}\nB  ${plainLine(b)}`];
  if (scale.length > 0) {
    const what = `These two runs are not on one scale, and their scores do not compare:\n${listed(scale)}`;
    if (!anyway)
      return `${parts.join('')}\n\n${what}\nNothing is compared. --anyway prints the figures all the same.\n`;
    parts.push(`WARNING. ${what}\nThe figures below tell nothing about which is better.`);
  }
  if (meant.length > 0) parts.push(`What differs:\n${listed(meant)}`);
  else if (judge) parts.push('Nothing else differs between them.');
  parts.push(...figureParts(comparison));
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function figureParts(comparison: Comparison): string[] {
  const { scores, figures, paired, unit } = comparison;
  if (figures.length === 0) return [`No ${unit} has ${wordFor(scores)} in both runs. ${leftOut(comparison)}`];
  const kind = scores === 'honest' ? 'Honest scores' : 'Scores by the protocol’s own counting';
  const hasDimensions = figures.some(({ holm }) => holm !== undefined);
  const head = ['', 'A', 'B', 'B less A', '95 % interval', 'p', ...(hasDimensions ? ['p (Holm)'] : [])];
  const rows = figures.map((one) => [
    plainLine(one.label, LONGEST),
    one.a.toFixed(1),
    one.b.toFixed(1),
    signed(one.difference),
    `${signed(one.low)} to ${signed(one.high)}`,
    probability(one.p),
    ...(hasDimensions ? [one.holm === undefined ? '' : probability(one.holm)] : []),
    `${one.wins}/${one.ties}/${one.losses}`,
    String(one.n),
  ]);
  return [
    `${kind}${judgedBy(comparison)}, ${counted(paired, unit)} in both. ${leftOut(comparison)}`.trim(),
    table([...head, 'won/tied/lost', 'n'], rows),
    [
      `Intervals over ${unit}s by bootstrap, p by the paired permutation test; won: ${unit}s in which B got more.`,
      ...(hasDimensions
        ? ['p (Holm) accounts for the dimensions being several; overall is asked by itself.']
        : []),
      ...figures.slice(0, 1).map((one) => neededWords(one, unit)),
    ].join('\n'),
  ];
}

/** Every score is shown with who judged; where two did, what differs says so. */
function judgedBy({ judge, scale }: Comparison): string {
  if (!judge || scale.some(({ what }) => what.startsWith('judge'))) return '';
  return ` by judge ${plainLine(judge.model, LONGEST)}, prompt ${plainLine(judge.hash, LONGEST)}`;
}

function leftOut({ onlyA, onlyB, invalid, scores }: Comparison): string {
  const parts = [
    ...(onlyA > 0 ? [`${onlyA} only in A`] : []),
    ...(onlyB > 0 ? [`${onlyB} only in B`] : []),
    ...(invalid > 0 && scores === 'honest' ? [`${invalid} invalid in one of them`] : []),
  ];
  return parts.length > 0 ? `Left out: ${parts.join(', ')}.` : '';
}

/** What a difference of that size would take to be shown. */
function neededWords({ label, n, difference, needed, p }: ComparedFigure, unit: string): string {
  if (needed === undefined) return `${label}: no difference to be shown.`;
  const takes = `a difference of ${Math.abs(difference).toFixed(1)} needs about ${counted(needed, unit)} to be shown (5 % level, in four of five comparisons)`;
  return `${label}: ${takes}; here are ${n}${needed > n && p > 0.05 ? ', too few' : ''}.`;
}

function wordFor(scores: Comparison['scores']): string {
  return scores === 'honest' ? 'an honest score (--scores protocol takes the other)' : 'a score';
}

function listed(differences: readonly Difference[]): string {
  return differences
    .map(
      ({ what, a, b }) =>
        `  ${plainLine(what, LONGEST)}: ${plainLine(a, LONGEST)} | ${plainLine(b, LONGEST)}`,
    )
    .join('\n');
}

function signed(value: number): string {
  const text = value.toFixed(1);
  if (Number(text) === 0) return '0.0';
  return value > 0 ? `+${text}` : text;
}

function probability(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
