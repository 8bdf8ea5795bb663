import type { OrderVerdict, PairVerdict, PrincipleRef, Reading } from './verdict.ts';

/**
 * What two orders say together (her-spec 7.5): the winner on whom they agree, else a tie; missing where
 * one of them could not be read.
 */
export function pairOf(orders: readonly OrderVerdict[]): PairVerdict {
  const readings = orders.flatMap(({ outcome }) => (outcome.type === 'read' ? [outcome.reading] : []));
  const [reading] = readings;
  if (!reading || readings.length < Math.max(2, orders.length)) {
    return { how: 'judged', winner: 'missing', flipped: false, orders };
  }
  const sides = new Set(readings.map(({ better }) => better));
  const winner = sides.size === 1 ? reading.better : 'tie';
  const deciding = sides.size === 1 ? decidingOf(readings) : undefined;
  return {
    how: 'judged',
    winner,
    flipped: sides.has('first') && sides.has('second'),
    ...(deciding ? { deciding } : {}),
    orders,
  };
}

/** Of those that decided one order, rather one that decided both, or one that was given. */
function decidingOf(readings: readonly Reading[]): PrincipleRef | undefined {
  const all = readings.flatMap(({ deciding }) => (deciding ? [deciding] : []));
  const agreed = all.find(
    (one, at) => all.findIndex((other) => (other.id ?? other.name) === (one.id ?? one.name)) < at,
  );
  return agreed ?? all.find(({ id }) => id !== undefined) ?? all[0];
}
