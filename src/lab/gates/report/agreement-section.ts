import { counted, grouped } from '../../report/numbers.ts';
import type { Figure, QuestionFigures } from '../agreement/figures.ts';
import { type Block, number, percent, type Section, text } from './blocks.ts';
import type { GatesReport } from './gates-report.ts';

/** What judges say of a sample, and how far they say the same. */
export function agreementSection({ agreement }: GatesReport): Section | undefined {
  if (!agreement) return undefined;
  const { judges, turns, conversations, questions } = agreement;
  return {
    ...{ id: 'agreement', short: 'Judges', title: 'Agreement of judges' },
    note: `${judges.join(', ')} on ${counted(turns, 'turn')} of ${counted(conversations, 'conversation')}, drawn by lot. Behind each figure stands where it lies with 95 % confidence, by drawing whole conversations. – : it cannot be told, as where all answers are alike.`,
    blocks: [
      {
        ...{ kind: 'table', caption: 'Judge with judge' },
        how: 'Agreement: pairs of answers that are the same. Kappa: Cohen’s, of two judges. Alpha: Krippendorff’s, nominal for yes and no, ordinal on the scale. n: turns with at least two answers.',
        columns: [text('Question'), number('Agreement'), number('Kappa'), number('Alpha'), number('n')],
        rows: questions.map(({ name, agreement: same, kappa, alpha, n }) => [
          ...[name, shares(same), chance(kappa), chance(alpha), grouped(n)],
        ]),
      },
      passing(questions),
      {
        ...{ kind: 'table', caption: 'What was asked' },
        how: 'The words of the questions.',
        columns: [text('Question'), text('Words')],
        rows: questions.map(({ name, words }) => [name, words]),
      },
    ],
  };
}

function passing(questions: readonly QuestionFigures[]): Block {
  return {
    ...{ kind: 'table', caption: 'Judge by judge' },
    how: 'Passes: the share of its answers that are yes, or 4 or 5 of 5. Missing: no answer, or none that could be read; in no share.',
    columns: [text('Question'), text('Judge'), number('Passes'), number('Answers'), number('Missing')],
    rows: questions.flatMap(({ name, judges }) =>
      judges.map(({ judge, passes, answered, missing }) => [
        ...[name, judge, shares(passes), grouped(answered), grouped(missing)],
      ]),
    ),
  };
}

function shares(figure: Figure): string {
  return worded(figure, percent);
}

function chance(figure: Figure): string {
  return worded(figure, (value) => value.toFixed(2));
}

function worded({ value, interval }: Figure, told: (value: number) => string): string {
  if (value === null) return '–';
  return interval ? `${told(value)} (${told(interval.low)} to ${told(interval.high)})` : told(value);
}
