/** `61.3`; `–` where there is none. */
export function shown(value: number | null, digits = 1): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** `58.0 to 64.2`; '' where there is none. */
export function between(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : `${shown(low)} to ${shown(high)}`;
}

/** `1,200` */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** `240 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** `1 scene`, `1,200 scenes` */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
