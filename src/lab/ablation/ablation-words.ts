import type { ComparedFigure } from '../compare/compare-runs.ts';
import { OVERALL } from '../eval/figures.ts';
import { table } from '../judge/figures/table.ts';
import type { AblatedVariant, AblationResult, AblationUse } from './run-ablation.ts';

type Cells = readonly (readonly string[])[];

/** The tables for a terminal. */
export function ablationWords(result: AblationResult): string {
  const { scores, use } = tablesOf(result);
  return [
    headOf(result),
    '',
    table(scores[0] ?? [], scores.slice(1)).trimEnd(),
    '',
    table(use[0] ?? [], use.slice(1)).trimEnd(),
    '',
    ...notesOf(result),
    '',
  ].join('\n');
}

/** The same in Markdown. */
export function ablationMarkdown(result: AblationResult): string {
  const { scores, use } = tablesOf(result);
  const notes = notesOf(result).map((note) => `- ${note}`);
  return [`# Ablations`, '', headOf(result), '', ...pipes(scores), '', ...pipes(use), '', ...notes, ''].join(
    '\n',
  );
}

function headOf({ judge, whole }: AblationResult): string {
  const { overall } = whole;
  const score =
    overall?.mean == null
      ? 'no score of the whole'
      : `the whole ${overall.mean.toFixed(1)} (${overall.low?.toFixed(1)} to ${overall.high?.toFixed(1)}), ${overall.n} scenes`;
  return `Honest scores, protocol ${judge.protocol}, judge ${judge.model}, prompt ${judge.hash}: ${score}`;
}

function tablesOf({ whole, variants, currency }: AblationResult): {
  readonly scores: Cells;
  readonly use: Cells;
} {
  const names = [
    ...new Set(variants.flatMap(({ comparison }) => comparison.figures.map(({ name }) => name))),
  ];
  const dimensions = names.filter((name) => name !== OVERALL);
  return {
    scores: [
      ['less the whole', 'overall', '95 % interval', 'p (Holm)', 'n', ...dimensions],
      ...variants.map((variant) => {
        const overall = figureOf(variant, OVERALL);
        return [
          variant.words,
          signed(overall?.difference),
          overall ? `${signed(overall.low)} to ${signed(overall.high)}` : '',
          variant.holm === undefined ? '' : probability(variant.holm),
          String(overall?.n ?? 0),
          ...dimensions.map((name) => differenceWords(figureOf(variant, name))),
        ];
      }),
    ],
    use: [
      ['', 'could be played', 'leaks', 'calls', 'there before', 'tokens', currency],
      ['the whole', ...useCells(whole.use)],
      ...variants.map(({ words, use }) => [words, ...useCells(use)]),
    ],
  };
}

function figureOf({ comparison }: AblatedVariant, name: string): ComparedFigure | undefined {
  return comparison.figures.find((one) => one.name === name);
}

function differenceWords(figure: ComparedFigure | undefined): string {
  if (!figure) return '-';
  return `${signed(figure.difference)} (${signed(figure.low)} to ${signed(figure.high)})`;
}

function useCells({ usable, leaks, calls, known, tokens, cost }: AblationUse): readonly string[] {
  return [
    usable === null ? '-' : `${Math.round(100 * usable)} %`,
    ...[leaks, calls, known].map(String),
    tokens.toLocaleString('en'),
    cost === undefined ? '-' : cost.toFixed(2),
  ];
}

function notesOf({ variants, judge }: AblationResult): readonly string[] {
  return [
    'Each row is one thing the other way round. Differences are paired by scene, with 95 % intervals by bootstrap over scenes; p by the paired permutation test, held to account for the number of variants.',
    'There before: answers that the whole had got to the very same question, or that an earlier start of this run had.',
    ...(judge.readsThoughts && variants.some(({ name }) => name === 'thoughts')
      ? [
          'This judge reads thoughts: a run without them also leaves it less to read. --judge-thoughts off tells the two apart.',
        ]
      : []),
    ...variants.flatMap(({ words, comparison: { scale, onlyA, onlyB, invalid } }) => [
      ...(scale.length > 0
        ? [
            `${words}: not on one scale with the whole, as ${scale.map(({ what }) => what).join(', ')} differs.`,
          ]
        : []),
      ...(onlyA + onlyB + invalid > 0
        ? [
            `${words}: ${onlyA + onlyB} scenes are in one of the two alone, ${invalid} are invalid in one; they are left out.`,
          ]
        : []),
    ]),
  ];
}

function pipes([head = [], ...rows]: Cells): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)];
}

function signed(value: number | undefined): string {
  if (value === undefined) return '-';
  const text = value.toFixed(1);
  return value > 0 ? `+${text}` : text;
}

function probability(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
