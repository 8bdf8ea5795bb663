/** One kind of nonsense, and what it is fed to. */
export type Fuzz = {
  readonly name: string;
  readonly about: string;
  /** How many where nobody says. */
  readonly count: number;
  /** One seed, one run. */
  run(how: FuzzHow): Promise<FuzzResult>;
};

export type FuzzHow = {
  readonly count: number;
  readonly seed: number;
  /** What is tried is broken on purpose: faults must be found. */
  readonly sabotage?: boolean;
  /** Goes on where an earlier run with this seed stopped. */
  readonly resume?: boolean;
};

export type FuzzResult = {
  readonly figures: Readonly<Record<string, number | string>>;
  /** What should not have happened, each with what is needed to see it again. */
  readonly faults: readonly string[];
};
