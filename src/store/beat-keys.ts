/** Digits of a beat number in its key, so that keys sort as beats do. */
const DIGITS = 10;

export function beatKey(log: string, n: number): string {
  return `${log}/${String(n).padStart(DIGITS, '0')}`;
}

export function beatKeys(log: string, first: number, count: number): string[] {
  return Array.from({ length: Math.max(0, count) }, (_, i) => beatKey(log, first + i));
}

/** The log and the number that a beat's key stands for. */
export function readBeatKey(key: string): { log: string; n: number } {
  return { log: key.slice(0, -DIGITS - 1), n: Number(key.slice(-DIGITS)) };
}
