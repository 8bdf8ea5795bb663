/** What a run has come to so far. */
export type Tally = {
  turns: number;
  lost: number;
  rejected: number;
  readonly leaks: string[];
  readonly kinds: Record<string, number>;
  kind(name: string): void;
  leak(what: string): void;
  /** Notes a leak for the first marker that is found in a text. */
  look(where: string, text: string, markers: RegExp, may?: (marker: string) => boolean): void;
};

export function createTally(): Tally {
  const tally: Tally = {
    turns: 0,
    lost: 0,
    rejected: 0,
    leaks: [],
    kinds: {},
    kind(name) {
      tally.kinds[name] = (tally.kinds[name] ?? 0) + 1;
    },
    leak(what) {
      tally.leaks.push(what);
    },
    look(where, text, markers, may = () => false) {
      for (const [marker] of text.matchAll(markers)) {
        if (may(marker)) continue;
        tally.leak(`${marker} ${where}`);
        return;
      }
    },
  };
  return tally;
}
