import type { Paired } from './paired.ts';

/** One figure: ours beside a baseline measured in the same run, and how far it is to reach. */
export type Row = {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** The baseline's value, in the same unit; null where the figure stands alone. */
  readonly beside: number | null;
  /** `value / beside` (or as `measure` says), median of paired rounds. */
  readonly ratio: number | null;
  /** 95 % interval of the ratio; of the value, where it stands alone. */
  readonly interval: readonly [number, number] | null;
  /** What is promised, in words; `ok` is computed from it. */
  readonly reach: string;
  readonly ok: boolean;
};

export type Bench = { readonly name: string; readonly about: string; run(): Promise<Row[]> };

/** What is kept of a run: its rows, with what they were measured on. */
export type Result = {
  readonly name: string;
  readonly commit: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
};

/** What a figure is to reach: `meets` is given the end of the interval that is in its favour. */
export type Reach = {
  readonly words: string;
  readonly side: 'low' | 'high';
  meets(favourable: number): boolean;
};

export function atMost(most: number, unit = ''): Reach {
  return { words: `<= ${most}${unit && ` ${unit}`}`, side: 'low', meets: (value) => value <= most };
}

export function atLeast(least: number, unit = ''): Reach {
  return { words: `>= ${least}${unit && ` ${unit}`}`, side: 'high', meets: (value) => value >= least };
}

/** A figure that explains others and promises nothing. */
export const NO_REACH: Reach = { words: 'none set', side: 'low', meets: () => true };

/** Ours and the baseline's time, as one figure per unit of work; the ratio is ours / theirs. */
export function timeRow(
  measure: string,
  { ours, theirs, ratio, interval }: Paired,
  reach: Reach,
  { unit = 'ms', perMs = 1 }: { readonly unit?: string; readonly perMs?: number } = {},
): Row {
  return {
    measure,
    value: figure(ours * perMs),
    unit,
    beside: figure(theirs * perMs),
    ratio: figure(ratio),
    interval: [figure(interval[0]), figure(interval[1])],
    reach: reach.words,
    ok: meets(interval, reach),
  };
}

/** A figure that stands alone: median and interval of its rounds. */
export function aloneRow(
  measure: string,
  unit: string,
  value: number,
  interval: readonly [number, number] | null,
  reach: Reach,
): Row {
  return {
    measure,
    value: figure(value),
    unit,
    beside: null,
    ratio: null,
    interval: interval && [figure(interval[0]), figure(interval[1])],
    reach: reach.words,
    ok: meets(interval ?? [value, value], reach),
  };
}

function meets([low, high]: readonly [number, number], reach: Reach): boolean {
  return reach.meets(reach.side === 'low' ? low : high);
}

/** As many digits as a measurement is good for. */
export function figure(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
