import type { ActorId } from './beat.ts';
import type { View } from './view.ts';

type Read = { readonly ids: Set<ActorId>; upTo: number; readonly revision: number };

const reads = new WeakMap<View, Read>();

/**
 * Everyone whom a view has perceived doing something, as it stands now. Cost: the entries added since
 * the last call; where an earlier one changed or went, it is read anew.
 */
export function speakersIn(view: View): ReadonlySet<ActorId> {
  const known = reads.get(view);
  const read: Read =
    known?.revision === view.revision ? known : { ids: new Set(), upTo: 0, revision: view.revision };
  reads.set(view, read);
  for (; read.upTo < view.entries.length; read.upTo += 1) {
    const speaker = view.entries[read.upTo]?.speaker;
    if (speaker) read.ids.add(speaker.id);
  }
  return read.ids;
}
