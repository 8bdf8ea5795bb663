import type { Log } from '../../engine/log.ts';

/** Work that nobody waits for, until the stage closes. */
export type Background = {
  readonly signal: AbortSignal;
  /** A failure is logged under this name; an abort is none. */
  run(name: string, task: () => Promise<unknown>): void;
  /** Aborts what runs and waits for its end. */
  close(): Promise<void>;
};

/** Keeps every promise that nobody awaits, so that none is forgotten. */
export function createBackground(log: Log): Background {
  const controller = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    signal: controller.signal,
    run(name, task) {
      const promise = task()
        .then(
          () => undefined,
          (error: unknown) => {
            if (controller.signal.aborted) return;
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
