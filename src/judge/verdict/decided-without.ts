import { renderHer } from '../../format/render-her.ts';
import type { Candidate, PairVerdict, Winner } from './verdict.ts';

/** Identical and empty candidates need no judge: a tie, and against the empty one. */
export function decidedWithout(first: Candidate, second: Candidate): PairVerdict | undefined {
  const one = plainOf(first);
  const other = plainOf(second);
  if (one === '' || other === '') {
    return decided('empty', one === other ? 'tie' : one === '' ? 'second' : 'first');
  }
  return one === other ? decided('identical', 'tie') : undefined;
}

function decided(how: PairVerdict['how'], winner: Winner): PairVerdict {
  return { how, winner, flipped: false, orders: [] };
}

/** The candidate with its blanks made alike; '' where it says nothing at all. */
function plainOf({ segments }: Candidate): string {
  const told = segments
    .map(({ kind, text }) => ({ kind, text: text.replace(/\s+/gu, ' ').trim() }))
    .filter(({ text }) => text !== '');
  return renderHer(told);
}
