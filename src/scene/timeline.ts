import type { Beat } from './beat.ts';

/** Which beats of a log belong to the story: a rewind leaves what came after its target behind. */
export type Timeline = {
  add(beat: Beat): void;
  /**
   * Whether a beat counts. An abandoned edit or deletion of a beat that still stands counts all the
   * same: its words are gone from storage, too.
   */
  counts(beat: Beat): boolean;
  /** Whether anything was ever left behind. */
  readonly forked: boolean;
};

/** No beat yet; `add` takes them in order. */
export function createTimeline(): Timeline {
  /** Stretches that were left behind: `after` < n <= `until`, in order of both; one may reach into the next. */
  let left: { readonly after: number; readonly until: number }[] = [];

  function isLeft(n: number): boolean {
    let low = 0;
    let high = left.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const stretch = left[middle];
      if (!stretch || n <= stretch.after) high = middle - 1;
      else if (n > stretch.until) low = middle + 1;
      else return true;
    }
    return false;
  }

  return {
    add(beat) {
      if (beat.kind !== 'rewind') return;
      // Where the target itself was left behind, the stretch that it is in stays, and this one goes on from there.
      left = [...left.filter((one) => one.after < beat.to), { after: beat.to, until: beat.n }];
    },
    counts(beat) {
      if (!isLeft(beat.n)) return true;
      return (beat.kind === 'amend' || beat.kind === 'retract') && !isLeft(beat.of);
    },
    get forked() {
      return left.length > 0;
    },
  };
}

/** The beats that the story is made of now, in order. */
export function activeBeats(log: readonly Beat[]): Beat[] {
  const timeline = createTimeline();
  for (const beat of log) timeline.add(beat);
  return timeline.forked ? log.filter((beat) => timeline.counts(beat)) : [...log];
}
