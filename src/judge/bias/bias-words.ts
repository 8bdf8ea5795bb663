import type { Share } from '../stats/share.ts';
import { PATTERNS } from '../verdict/pattern-of.ts';
import { MISSING } from '../verdict/verdict.ts';
import type { Bias } from './bias-of.ts';
import type { Leaning } from './leaning.ts';
import { MOST_OF_ONE_PATTERN } from './pattern-bias.ts';
import { MOST_FLIPS } from './position-bias.ts';
import type { SelfTest } from './self-test.ts';

const MOST_PATTERNS = 8;
const MOST_NAMES = 4;

/** What sways a judge, as lines of a table for people. No words of a judge or candidate are in it. */
export function biasWords(bias: Bias): string {
  const { counts, position, length, pattern, label } = bias;
  const { pairs, decided, ties, missing, identical, empty } = counts;
  const rows: (readonly string[])[] = [
    ['pairs', `${pairs}: ${decided} decided, ${ties} tied, ${missing} missing`],
  ];
  if (identical + empty > 0) rows.push(['', `without a judge: ${identical} identical, ${empty} empty`]);
  const unread = MISSING.filter((why) => counts.missingOrders[why] > 0);
  if (unread.length > 0) {
    const reasons = unread.map((why) => `${counts.missingOrders[why]} ${why}`).join(', ');
    rows.push(['unread', `${reasons}; of ${counts.orders} orders`]);
  }
  if (counts.repaired > 0) rows.push(['asked again', `${counts.repaired} orders, and read then`]);
  rows.push(
    ['flips', shareWords(position.flips), FITNESS[position.fitness]],
    ['first shown won', shareWords(position.firstShown), leaningWords(position.firstShown, 'place')],
    ['longer won', shareWords(length.longerWon), leaningWords(length.longerWon, 'length')],
  );
  if (length.correlation !== undefined) rows.push(['', `correlation ${length.correlation.toFixed(2)}`]);
  if (label.earlierName.of > 0) {
    rows.push(['earlier name won', shareWords(label.earlierName), leaningWords(label.earlierName, 'name')]);
    for (const { name, won } of label.names.slice(0, MOST_NAMES)) {
      rows.push([`“${name}” won`, shareWords(won), leaningWords(won, 'name')]);
    }
  }
  for (const { pattern: kinds, won } of pattern.patterns.slice(0, MOST_PATTERNS)) {
    if (won.of > 0) rows.push([`${kinds || 'nothing'} won`, shareWords(won), leaningWords(won, 'pattern')]);
  }
  const { topWinner, topShown, winnerEntropy, shownEntropy, readings } = pattern;
  if (topWinner.of > 0) {
    const warning = pattern.collapsed
      ? `LEANS to one pattern: more than ${percent(MOST_OF_ONE_PATTERN)}`
      : '';
    rows.push(
      ['winners', `${topWinner.pattern} ${shareWords(topWinner)}, ${winnerEntropy.toFixed(2)} bits`, warning],
      ['of all shown', `${topShown.pattern} ${shareWords(topShown)}, ${shownEntropy.toFixed(2)} bits`],
    );
  }
  const patterns = PATTERNS.filter((name) => readings[name] > 0);
  if (patterns.length > 0) {
    rows.push(['readings', patterns.map((name) => `${readings[name]} ${name}`).join(', ')]);
  }
  return table(rows);
}

/** What came of a self-test, as lines of a table for people. */
export function selfTestWords({ probes, bias }: SelfTest): string {
  const rows = probes.map(({ probe, asks, missing, wrong, atMost, outcome }) => {
    const unread = missing > 0 ? `, ${missing} unread` : '';
    return [
      outcome.toUpperCase(),
      probe,
      `wrong ${shareWords(wrong)}${unread}`,
      `at most ${percent(atMost)}`,
      asks,
    ];
  });
  return `${table(rows)}\n\n${biasWords(bias)}`;
}

/** `54 % of 120 [45, 63]`. */
export function shareWords({ share, of, interval }: Share): string {
  if (share === undefined || interval === undefined) return 'none';
  const [low, high] = [interval.low, interval.high].map((bound) => Math.round(bound * 100));
  return `${percent(share)} of ${of} [${low}, ${high}]`;
}

const FITNESS = {
  fit: '',
  unfit: `UNFIT for a leaderboard: more than ${percent(MOST_FLIPS)}`,
  unknown: 'no pair was read in both orders',
} as const;

function leaningWords({ leaning }: Leaning, what: string): string {
  if (leaning === 'more') return `LEANS to this ${what}`;
  return leaning === 'less' ? `LEANS from this ${what}` : '';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Columns as wide as what stands in them, but for what ends a row. */
function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.slice(0, -1).entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
