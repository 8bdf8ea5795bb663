/** One kind of nonsense, and what it is fed to. */
export type Fuzz = {
  readonly name: string;
  readonly about: string;
  /** How many where nobody says. */
  readonly count: number;
  /** One seed, one run. */
  run(how: { readonly count: number; readonly seed: number }): Promise<FuzzResult>;
};

export type FuzzResult = {
  readonly figures: Readonly<Record<string, number | string>>;
  /** What should not have happened, each with what is needed to see it again. */
  readonly faults: readonly string[];
};
