import { type JudgedPair, measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import type { Random } from '../../../../src/judge/stats/random.ts';
import type {
  Candidate,
  Missing,
  OrderVerdict,
  PairVerdict,
  Reading,
  Side,
  Winner,
} from '../../../../src/judge/verdict/verdict.ts';

export type Shown = { readonly candidate: Candidate; readonly name: string };
/** Which of the two that are shown wins, by place; or why that cannot be read. */
export type Choose = (one: Shown, other: Shown) => Winner | { readonly missing: Missing };

const NAMES = ['H', 'K'] as const;

/**
 * A judge that goes by one thing only, in both orders as `judgePair` asks them: what either candidate is called is
 * drawn once a pair.
 */
export function scriptedJudge(choose: Choose, random: Random) {
  return (first: Candidate, second: Candidate): JudgedPair => {
    const measured = { first: measureCandidate(first), second: measureCandidate(second) };
    if (wordsOf(first) === wordsOf(second)) {
      return { ...measured, verdict: { how: 'identical', winner: 'tie', flipped: false, orders: [] } };
    }
    const turned = random() < 0.5;
    const names = { first: NAMES[turned ? 1 : 0], second: NAMES[turned ? 0 : 1] };
    const shown = {
      first: { candidate: first, name: names.first },
      second: { candidate: second, name: names.second },
    };
    const orders = (['first', 'second'] as const).map((shownFirst): OrderVerdict => {
      const other = otherOf(shownFirst);
      const choice = choose(shown[shownFirst], shown[other]);
      if (typeof choice !== 'string') {
        return { shownFirst, outcome: { type: 'missing', why: choice.missing }, attempts: 2, usage: [] };
      }
      const better = choice === 'tie' ? 'tie' : choice === 'first' ? shownFirst : other;
      return { shownFirst, outcome: { type: 'read', reading: readingOf(better) }, attempts: 1, usage: [] };
    });
    const verdict = verdictOf(orders);
    return { ...measured, verdict, labels: [names, names] };
  };
}

export function readingOf(better: Winner): Reading {
  return { violations: [], comparisons: [], reason: '', better };
}

export function verdictOf(orders: readonly OrderVerdict[]): PairVerdict {
  const betters = orders.flatMap(({ outcome }) => (outcome.type === 'read' ? [outcome.reading.better] : []));
  if (betters.length < 2) return { how: 'judged', winner: 'missing', flipped: false, orders };
  const [one = 'tie', other = 'tie'] = betters;
  return { how: 'judged', winner: one === other ? one : 'tie', flipped: one !== other, orders };
}

function wordsOf({ segments }: Candidate): string {
  return segments.map(({ kind, text }) => `${kind} ${text.trim().split(/\s+/).join(' ')}`).join('\n');
}

function otherOf(side: Side): Side {
  return side === 'first' ? 'second' : 'first';
}
