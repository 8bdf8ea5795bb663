import { biasWords } from '../../../judge/bias/bias-words.ts';
import { count, figure, percent, within } from './figure-words.ts';
import type { Placed, Ranking } from './ranking.ts';
import type { Between, JudgeSummary, Summary, Usage } from './summary.ts';
import { table } from './table.ts';

/** Of those that decided; the rest is in `summary.json`. */
const MOST_PRINCIPLES = 8;

/** The figures of a run for people: counts, a table of models, what sways the judge, what decided. */
export function summaryWords({ items, judges, between }: Summary): string {
  return [...judges.map((judge) => judgeWords(items, judge)), betweenWords(between)]
    .filter(Boolean)
    .join('\n\n');
}

function judgeWords(items: number, summary: JudgeSummary): string {
  const { judge, prompt, pairs, pending, bias, usage, ranking, principles, dimensions } = summary;
  const decided = [...dimensions, ...principles.slice(0, MOST_PRINCIPLES)];
  const parts = [
    [
      `${judge}, prompt ${prompt}: ${count(pairs, 'pair')} of ${count(items, 'item')}`,
      pending > 0 ? `${count(pending, 'pair')} of them wait for answers, and are in no figure` : '',
      usageWords(usage),
    ]
      .filter(Boolean)
      .join('\n'),
    ranking ? rankingWords(ranking) : '',
    `What sways this judge\n${biasWords(bias)}`,
    table(
      ['What decided', 'verdicts'],
      decided.map(({ name, count }) => [name, String(count)]),
    ),
  ];
  return parts
    .map((part) => part.trimEnd())
    .filter(Boolean)
    .join('\n\n');
}

function usageWords({ calls, promptTokens, cachedTokens, completionTokens }: Usage): string {
  const cached = promptTokens > 0 ? `, ${percent(cachedTokens / promptTokens)} from the cache` : '';
  return `${count(calls, 'answer')}, ${figure(promptTokens)} tokens read${cached}, ${figure(completionTokens)} written`;
}

function rankingWords({ models, refused, scenes, lengthPull }: Ranking): string {
  const rows = models.map(({ id, wins, ties, losses, missing, rate, rateInterval, strength, controlled }) => [
    id,
    String(wins),
    String(ties),
    String(losses),
    String(missing),
    rate === undefined ? '' : `${percent(rate)}${within(rateInterval)}`,
    elo(strength),
    elo(controlled),
  ]);
  const head = ['model', 'won', 'tied', 'lost', 'missing', 'win rate', 'Elo', 'Elo at one length'];
  return [
    refused ? `Not a ranking: ${refused}.` : `95 % intervals in brackets, over ${count(scenes, 'scene')}`,
    table(head, rows).trimEnd(),
    `being longer ${lengthPull >= 0 ? 'adds' : 'costs'} ${Math.abs(lengthPull).toFixed(2)} log-odds`,
  ].join('\n');
}

function betweenWords(between: readonly Between[]): string {
  const rows = between.map(({ judges, pairs, agreement, interval }) => [
    judges.join(' and '),
    String(pairs),
    agreement === undefined ? '' : `${percent(agreement)}${within(interval)}`,
  ]);
  return table(['Judges', 'pairs', 'agree'], rows);
}

function elo({ elo, interval }: Placed): string {
  return `${Math.round(elo)}${within(interval, Math.round)}`;
}
