import type { Log } from '../../../log.ts';

/** Work that nobody waits for, until the stage closes. */
export type Background = {
  readonly signal: AbortSignal;
  /** A failure is logged under this name; an abort is none. */
  run(name: string, task: () => Promise<unknown>): void;
  /** Aborts what runs and waits for its end. */
  close(): Promise<void>;
};

/** Keeps every promise that nobody awaits, so that none is forgotten; `until` aborts what runs, too. */
export function createBackground(log: Log, until: AbortSignal): Background {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, until]);
  const running = new Set<Promise<void>>();
  return {
    signal,
    run(name, task) {
      const promise = task()
        .then(
          () => undefined,
          (error: unknown) => {
            if (signal.aborted) return;
            log.error('task-failed', { task: name, error: nameOf(error) });
          },
        )
        .finally(() => running.delete(promise));
      running.add(promise);
    },
    async close() {
      controller.abort();
      await Promise.all(running);
    },
  };
}

/** What may be logged of an error: never its message, which may quote text. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? ` ${error.code}`
      : '';
  return `${error.name}${code}`;
}
