import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { renderHer } from '../../../format/render-her.ts';
import type { Segment } from '../../../format/segments.ts';
import { patternOf } from '../../patterns/pattern.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import type { Step } from '../step.ts';
import { swapped, swapsIn } from './reorder.ts';

/**
 * Reordering (her-spec 6.2, scheme A): where a thought and an action may each come first, some turns get the other
 * order, so that not every turn is built alike. By rules alone, and only from a commoner pattern of the conversation to
 * a rarer one, until none becomes rarer by it; what others see and hear keeps its order; what is not certain stays. Scheme B, which splits elements, is not here: what
 * is public of it does not say when a split is safe.
 */
export const reorderStep: Step = {
  name: 'reorder',
  title: 'varying the order',
  roles: [],
  prompts: {},
  settings: { 'rules of reorder': 2 },
  async work(record, { seed }) {
    const patterns = countsOf(record);
    const turns = [...record.turns];
    const bars = new Map<string, number>();
    let reordered = 0;
    for (const { turn, place } of drawn(record, seed)) {
      const segments = segmentsOf(turn, record);
      const { may, bars: found } = swapsIn(segments);
      for (const bar of found) bars.set(bar, (bars.get(bar) ?? 0) + 1);
      const next = bestSwap(
        segments,
        may.map((swap) => swapped(segments, swap)),
        patterns,
      );
      if (!next) continue;
      const text = renderHer(next);
      // Only what reads back as it was meant.
      if (!isDeepStrictEqual(segmentsOf({ ...turn, text }, record), next)) continue;
      patterns.set(patternOf(segments), (patterns.get(patternOf(segments)) ?? 1) - 1);
      patterns.set(patternOf(next), (patterns.get(patternOf(next)) ?? 0) + 1);
      turns[place] = { ...turn, text, original: turn.original ?? turn.text };
      reordered += 1;
    }
    const barred = Object.fromEntries([...bars].map(([bar, count]) => [`left: ${bar}`, count]));
    return {
      record: { ...record, turns },
      rejects: [],
      counts: { turns: record.turns.filter((turn) => !isWorld(turn)).length, reordered, ...barred },
    };
  },
};

function countsOf(record: Conversation): Map<string, number> {
  const counts = new Map<string, number>();
  for (const turn of record.turns) {
    if (isWorld(turn)) continue;
    const pattern = patternOf(segmentsOf(turn, record));
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return counts;
}

/** Turns of characters in an order that is drawn: which of several alike are changed is left to chance. */
function drawn(
  record: Conversation,
  seed: number,
): readonly { readonly turn: Turn; readonly place: number }[] {
  return record.turns
    .flatMap((turn, place) =>
      isWorld(turn) ? [] : [{ turn, place, lot: hash('sha256', `${seed} ${record.id} ${turn.id}`) }],
    )
    .toSorted((one, other) => (one.lot < other.lot ? -1 : 1));
}

/** The order whose pattern is rarest, where that is rarer than the one there is by more than the change itself. */
function bestSwap(
  segments: readonly Segment[],
  others: readonly (readonly Segment[])[],
  counts: ReadonlyMap<string, number>,
): readonly Segment[] | undefined {
  const countOf = (some: readonly Segment[]) => counts.get(patternOf(some)) ?? 0;
  const [best] = others
    .filter((one) => one !== segments)
    .toSorted((one, other) => countOf(one) - countOf(other));
  return best && countOf(best) + 1 < countOf(segments) ? best : undefined;
}
