import { contendersOf } from './bradley-terry.ts';
import type { Duel } from './duel.ts';
import { type Share, shareOf } from './share.ts';

/** How a contender fared. */
export type WinRate = {
  readonly id: string;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Duels whose verdict could not be read: in no other figure. */
  readonly missing: number;
  /** Wins and half the ties, of what was read. Its interval takes duels as independent; `bootstrap` does not. */
  readonly rate: Share;
};

/** Win rates of all contenders, the best first; who has none, last. Equals by id. */
export function winRates(duels: readonly Duel[]): readonly WinRate[] {
  return contendersOf(duels)
    .map((id) => winRate(id, duels))
    .sort((a, b) => (b.rate.share ?? -1) - (a.rate.share ?? -1) || (a.id < b.id ? -1 : 1));
}

function winRate(id: string, duels: readonly Duel[]): WinRate {
  const counts = { wins: 0, ties: 0, losses: 0, missing: 0 };
  for (const { first, second, winner } of duels) {
    if (first === second || (first !== id && second !== id)) continue;
    if (winner === 'missing') counts.missing += 1;
    else if (winner === 'tie') counts.ties += 1;
    else if ((winner === 'first') === (first === id)) counts.wins += 1;
    else counts.losses += 1;
  }
  const { wins, ties, losses } = counts;
  return { id, ...counts, rate: shareOf(wins + ties / 2, wins + ties + losses) };
}
