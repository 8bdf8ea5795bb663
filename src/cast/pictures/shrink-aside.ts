import { Worker } from 'node:worker_threads';

export type ShrinkTask = {
  readonly png: Uint8Array;
  /** Tried one after the other, until one is small enough; in pixels. */
  readonly sides: readonly number[];
  readonly mostBytes: number;
  /** Bytes of the picture as it is unpacked. */
  readonly mostUnpacked: number;
};

/** Megabytes of the thread's own heap; a picture itself lies outside of it. */
const MOST_HEAP_MB = 128;

let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a picture smaller (see `shrinkPng`) in a thread of its own: a large one takes a second or two, in
 * which every scene would wait. One at a time. Undefined where it cannot be done.
 */
export function shrinkAside(task: ShrinkTask): Promise<Uint8Array | undefined> {
  const done = last.then(() => inThread(task));
  last = done;
  return done;
}

function inThread(task: ShrinkTask): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./shrink-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    worker.once('message', (small: Uint8Array | undefined) => resolve(small));
    worker.once('error', () => resolve(undefined));
    worker.once('exit', () => resolve(undefined));
  });
}
