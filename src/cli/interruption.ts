/** Someone pressed Ctrl-C (`SIGINT`) or the machine wants us gone (`SIGTERM`). */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`);
    this.name = 'AbortError';
    // As shells count: 128 and the signal's number.
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** What an interrupted command exits with. */
export function interruptedExit({ reason }: AbortSignal): number {
  return reason instanceof Interruption ? reason.exitCode : 130;
}
