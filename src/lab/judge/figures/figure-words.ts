import type { Interval } from '../../../judge/stats/bootstrap.ts';

/** `60 %` */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** ` (51 to 70)`: an interval of a share in percent, or of what `show` makes of it; '' where there is none. */
export function within(
  interval: Interval | undefined,
  show = (share: number) => Math.round(share * 100),
): string {
  return interval ? ` (${show(interval.low)} to ${show(interval.high)})` : '';
}

/** `1,200 pairs` */
export function count(n: number, what: string, many = `${what}s`): string {
  return `${figure(n)} ${n === 1 ? what : many}`;
}

/** `1,200` */
export function figure(n: number): string {
  return n.toLocaleString('en');
}
