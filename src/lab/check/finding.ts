/** `error`: an engine refuses it, skips it, or learns what it must not. `warning`: it depends on settings. */
export type Level = 'error' | 'warning';

/** Something that was found in a file. */
export type Finding = {
  /** Of the rule: short, in kebab case. */
  readonly rule: string;
  readonly level: Level;
  readonly file: string;
  /** From 1: the line of JSON Lines, the row of Parquet; absent where it is about the whole file. */
  readonly row?: number;
  /** What is wrong with it. */
  readonly what: string;
  /** What the engine would do with it. */
  readonly effect: string;
};

/** Findings of one rule in one file that are told; all are counted. */
export const MOST_TOLD = 5;

/** Takes findings, keeps a few of each rule and file, and counts all: memory does not grow with them. */
export type Findings = {
  add(finding: Finding): void;
  readonly told: readonly Finding[];
  /** By rule, of one file; files that nothing was found in have none. */
  countsOf(file: string): Readonly<Record<string, number>>;
  readonly errors: number;
  readonly warnings: number;
};

export function collectFindings(): Findings {
  const told: Finding[] = [];
  const counts = new Map<string, Map<string, number>>();
  const total = { error: 0, warning: 0 };
  return {
    told,
    add(finding) {
      const { file, rule, level } = finding;
      const ofFile = counts.get(file) ?? new Map<string, number>();
      const count = (ofFile.get(rule) ?? 0) + 1;
      ofFile.set(rule, count);
      counts.set(file, ofFile);
      total[level] += 1;
      if (count <= MOST_TOLD) told.push(finding);
    },
    countsOf: (file) => Object.fromEntries(counts.get(file) ?? []),
    get errors() {
      return total.error;
    },
    get warnings() {
      return total.warning;
    },
  };
}
