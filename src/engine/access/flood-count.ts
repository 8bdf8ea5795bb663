/** Over so long a time what a person asks for is counted. */
const WINDOW_MS = 30_000;
/** What is counted no more is thrown away where so many people are known. */
const MANY = 2000;

/** How much each asked for lately, in memory: half a minute need not outlive the process. */
export type FloodCount = {
  /** Counts one more that was asked for then; how many there were in the half minute before. */
  more(who: string, at: number): number;
  forget(who: string): void;
};

export function createFloodCount(now: () => number): FloodCount {
  const asked = new Map<string, readonly number[]>();

  /** Also what a clock that was set back says is still to come counts no more. */
  function recent(times: readonly number[], before: number): readonly number[] {
    return times.filter((at) => at > before - WINDOW_MS && at <= before);
  }

  return {
    more(who, at) {
      const times = [...recent(asked.get(who) ?? [], at), at];
      asked.set(who, times);
      if (asked.size > MANY) {
        for (const [one, before] of asked) if (recent(before, now()).length === 0) asked.delete(one);
      }
      return times.length;
    },
    forget: (who) => void asked.delete(who),
  };
}
