import { NO_REACH, type Reach, type Row } from '../measure/row.ts';

/** A figure that was counted: another run counts the same, so its interval would be that one figure. */
export type Counted = {
  readonly measure: string;
  readonly unit: string;
  readonly value: number;
  /** The baseline’s. */
  readonly beside?: number;
  /** `value / beside`, or how many times fewer ours are. */
  readonly ratio?: 'of it' | 'times fewer';
  /** Of the ratio, where there is one and `reachOf` says no other. */
  readonly reach?: Reach;
  readonly reachOf?: 'value';
};

export function countedRow({ measure, unit, value, beside, ratio, reach = NO_REACH, reachOf }: Counted): Row {
  const other = beside ?? Number.NaN;
  const related = ratio === 'times fewer' ? other / value : value / other;
  const judged = beside === undefined || reachOf === 'value' ? value : related;
  return {
    measure,
    value: rounded(value),
    unit,
    beside: beside === undefined ? null : rounded(beside),
    ratio: beside === undefined ? null : rounded(related),
    interval: null,
    reach: reach.words,
    // Judged as it is, not as it is rounded.
    ok: reach.meets(judged),
  };
}

function rounded(value: number): number {
  return value > 100 ? Math.round(value) : Number(value.toFixed(4));
}
