import type { Segment } from '../../../format/segments.ts';
import { type SwapBar, swapBar } from './may-swap.ts';

/** A place at which a thought and an action stand beside each other: `at` and the next one. */
export type Swap = { readonly at: number };

/** Where elements of a turn may change places, and why they may not elsewhere. */
export function swapsIn(segments: readonly Segment[]): {
  readonly may: readonly Swap[];
  readonly bars: readonly SwapBar[];
} {
  const may: Swap[] = [];
  const bars: SwapBar[] = [];
  for (let at = 0; at + 1 < segments.length; at += 1) {
    const [one, other] = [segments[at], segments[at + 1]];
    if (!one || !other) continue;
    const pair = [one, other];
    const thought = pair.find(({ kind }) => kind === 'thought');
    const action = pair.find(({ kind }) => kind === 'action');
    if (!thought || !action) continue;
    const bar = swapBar(thought.text, action.text);
    if (bar) bars.push(bar);
    else may.push({ at });
  }
  return { may, bars };
}

/** The same elements, two neighbours of them in the other order: nothing is split, nothing is lost (scheme A). */
export function swapped(segments: readonly Segment[], { at }: Swap): readonly Segment[] {
  const [one, other] = [segments[at], segments[at + 1]];
  if (!one || !other) return segments;
  const next = [...segments.slice(0, at), other, one, ...segments.slice(at + 2)];
  // Two of a kind side by side would read as one.
  return next.some(({ kind }, place) => place > 0 && kind === next[place - 1]?.kind) ? segments : next;
}
