import { visibleSegments } from '../../format/segments.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { Witnessed } from './ledger-api.ts';

/** An entry as it could be seen and heard; no thought, not even to whom it was. */
export function toWitnessed({ n, kind, speaker, segments, inferred }: ViewEntry): Witnessed {
  return {
    n,
    kind,
    ...(speaker ? { speaker } : {}),
    segments: visibleSegments(segments),
    ...(inferred ? { inferred } : {}),
  };
}
