import type { JudgeReport, Match } from '../../engine/judging/judge-report.ts';

/** How a line was chosen, as a person reads it: one line for all of it, one a match, the losers' words. */
export function verdictLines({ model, candidates, ranking, matches, ms }: JudgeReport): string[] {
  const best = ranking[0] ?? 0;
  const seconds = (ms / 1000).toFixed(1);
  return [
    `[judge] ${model} chose ${letterOf(best)} of ${candidates.length} candidates in ${seconds} s`,
    ...matches.map((match) => `[judge] ${matchWords(match)}`),
    ...ranking.slice(1).map((place) => {
      const said = candidates[place]?.segments.map(({ kind, text }) => MARKED[kind](text)).join(' ');
      return `[judge] ${letterOf(place)}, which lost: ${said ?? ''}`;
    }),
  ];
}

const MARKED = {
  thought: (text: string) => `(thinks: ${text})`,
  action: (text: string) => `*${text}*`,
  speech: (text: string) => text,
} as const;

function matchWords({ first, second, verdict }: Match): string {
  const [one, other] = [letterOf(first), letterOf(second)];
  const { how, winner, flipped, deciding, orders } = verdict;
  if (winner === 'missing') {
    const why = orders.flatMap(({ outcome }) => (outcome.type === 'missing' ? [outcome.why] : []));
    return `${one} and ${other}: no verdict (${[...new Set(why)].join(', ')})`;
  }
  if (winner === 'tie') {
    const why = how === 'identical' ? ' (the same words)' : flipped ? ' (flipped with the order)' : '';
    return `${one} and ${other}: a tie${why}`;
  }
  const [better, worse] = winner === 'first' ? [one, other] : [other, one];
  const why = how === 'empty' ? ', which is empty' : deciding ? `, for ${deciding.name}` : '';
  return `${better} over ${worse}${why}`;
}

/** The same for scripts; without times, so that runs can be compared. */
export function verdictJson({ model, candidates, ranking, matches }: JudgeReport) {
  return {
    by: model,
    candidates: candidates.map(({ segments }) => segments),
    ranking,
    matches: matches.map(({ first, second, verdict: { orders, ...verdict } }) => ({
      first,
      second,
      ...verdict,
      orders: orders.map(({ shownFirst, attempts, outcome }) => ({ shownFirst, attempts, outcome })),
    })),
  };
}
export type VerdictJson = ReturnType<typeof verdictJson>;

function letterOf(place: number): string {
  return String.fromCodePoint(65 + place);
}
