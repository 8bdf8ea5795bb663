import { count, percent, within } from '../figures/figure-words.ts';
import { table } from '../figures/table.ts';
import { type Agreement, ENOUGH, type Figure, type JudgeAgreement } from './agreement.ts';

/** Agreement with people, for people. */
export function agreementWords({ choices, comparing, people, judges }: Agreement): string {
  const looked = `${count(choices, 'choice')}, of which ${comparing} compare two versions of a line, by ${count(people, 'person', 'people')}`;
  if (judges.length > 0) return [looked, ...judges.map(judgeWords)].join('\n\n');
  return `${looked}\n\nNo judge had a say in any of them: there is nothing to compare yet.\n`;
}

function judgeWords({ judge, when, overall, dimensions }: JudgeAgreement): string {
  const rows = [
    ['overall', ...cells(overall)],
    ...dimensions.map(({ dimension, ...figure }) => [dimension, ...cells(figure)]),
  ];
  return [
    `${judge}, ${when === 'at-play' ? 'as it judged when the lines were played' : 'asked anew'}`,
    table(['', 'agrees', 'pairs', 'scenes', 'ties', 'missing'], rows).trimEnd(),
    overall.enough
      ? '95 % intervals in brackets, over scenes; a half is what a coin would agree.'
      : `This tells nothing yet: ${count(overall.n, 'pair')} of the ${ENOUGH} that a figure needs.`,
  ].join('\n');
}

function cells({ n, scenes, agreement, interval, ties, missing }: Figure): readonly string[] {
  const share = agreement === undefined ? '' : `${percent(agreement)}${within(interval)}`;
  return [share, String(n), String(scenes), String(ties), String(missing)];
}
