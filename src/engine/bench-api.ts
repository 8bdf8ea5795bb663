/** A small benchmark of the configured models, that an operator can start from where people play. */
export type QuickBench = {
  /**
   * What one run would take.
   * @throws PlayerError where no model or no judge is set; ModelError where an endpoint does not say what it serves
   */
  plan(signal: AbortSignal): Promise<QuickPlan>;
  /**
   * Plays and judges a few scenes that ship. Nothing of it stays: neither words nor files.
   *
   * @throws PlayerError where no model or no judge is set; ModelError where one cannot answer; OperatorError
   *   where no scene comes to its end; the signal’s reason when aborted
   */
  run(house: QuickHouse, signal: AbortSignal): Promise<QuickScores>;
};

/** Where a benchmark is a guest. */
export type QuickHouse = {
  onProgress(now: QuickProgress): void;
  /** Before each request: resolves once the scenes that play let it pass. @throws the signal’s reason when aborted */
  giveWay(signal: AbortSignal): Promise<void>;
};

/** An estimate: a scene may end before its last round. */
export type QuickPlan = {
  readonly scenes: number;
  readonly rounds: number;
  readonly calls: number;
  readonly tokens: number;
  /** Of the models that have a price; absent where none has. */
  readonly cost?: number;
  readonly actor: string;
  readonly judge: string;
};

/** Scenes that are judged, and calls that were answered, of all that are planned. */
export type QuickProgress = {
  readonly judged: number;
  readonly scenes: number;
  readonly answered: number;
  readonly calls: number;
};

/** Scores of 0 to 100, with what they were got with; no words of a scene. */
export type QuickScores = {
  readonly scenes: number;
  readonly rounds: number;
  readonly invalid: number;
  readonly judge: string;
  readonly actor: string;
  readonly overall: QuickFigure;
  readonly dimensions: readonly (QuickFigure & { readonly name: string })[];
  /** Share of answers that could be played; null where none was asked for. */
  readonly usable: number | null;
  readonly leaks: number;
  readonly calls: number;
  readonly tokens: number;
  readonly cost?: number;
  readonly seconds: number;
};

export type QuickFigure = {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
