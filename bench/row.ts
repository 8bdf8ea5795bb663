/** One figure: ours beside a baseline measured in the same run, and how far it is to reach. */
export type Row = {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** The baseline's value, in the same unit; null where the figure stands alone. */
  readonly beside: number | null;
  /** `value / beside` (or as `measure` says), median of paired rounds. */
  readonly ratio: number | null;
  /** 95 % interval of the ratio. */
  readonly interval: readonly [number, number] | null;
  /** What is promised, in words; `ok` is computed from it. */
  readonly reach: string;
  readonly ok: boolean;
};

export type Bench = { readonly name: string; readonly about: string; run(): Promise<Row[]> };
