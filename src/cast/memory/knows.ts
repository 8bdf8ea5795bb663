import { fold } from '../../format/fold.ts';
import type { View, ViewEntry } from '../../scene/view.ts';
import { recallOf, textOf } from './recall.ts';
import { termsOf } from './terms.ts';

/**
 * What a view holds of a topic, in log order: the entries that fit it best, any of its words being
 * enough; without a topic the newest.
 *
 * @param limit entries at most
 * @param counts whether an entry is to be counted at all, by its beat
 */
export function knowsAbout(
  view: View,
  topic: string,
  limit: number,
  counts: (n: number) => boolean = () => true,
): readonly ViewEntry[] {
  if (termsOf(topic).length === 0) {
    // No topic, or one of words that say nothing by themselves: then as they stand.
    const wanted = fold(topic.trim());
    const all = view.entries.filter(
      (entry) => counts(entry.n) && (!wanted || fold(textOf(entry)).includes(wanted)),
    );
    return all.slice(Math.max(0, all.length - limit));
  }
  const fitting = recallOf(view)
    .find(topic, { upTo: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY, weak: true })
    .filter(({ n }) => counts(n));
  return fitting.slice(0, limit).sort((one, other) => one.n - other.n);
}
