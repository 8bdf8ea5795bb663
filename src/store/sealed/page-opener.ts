import { Worker } from 'node:worker_threads';
import type { DataKey } from './data-key.ts';
import type { OpenedPage, StoredPage } from './opening-thread.ts';

/**
 * Opens sealed values in a thread of its own: whoever reads a long log takes in one page while the next
 * is opened, and a third of what reading it takes is opening it.
 */
export type PageOpener = {
  /** To be asked for each page; undefined while there is no thread: then the caller opens it. */
  forPage(): OpenPage | undefined;
  /** Ends the thread. Nothing may be asked afterwards. */
  close(): Promise<void>;
};

/** The values of a page; undefined where it did not open as a whole, or the thread ended. */
export type OpenPage = (page: StoredPage) => Promise<unknown[] | undefined>;

/** To open fewer pages takes no longer than to start a thread. */
const PAGES_BEFORE = 8;

/** Milliseconds without a page after which the thread is ended. */
const IDLE_MS = 5000;

/** An opener that starts its thread when it has been asked for many pages of late. */
export function createPageOpener(keys: readonly DataKey[]): PageOpener {
  let thread: Thread | undefined;
  let pages = 0;
  let isBroken = false;
  const idle = setTimeout(end, IDLE_MS).unref();

  async function end(): Promise<void> {
    const ending = thread;
    thread = undefined;
    pages = 0;
    await ending?.end();
  }

  return {
    forPage() {
      idle.refresh();
      pages += 1;
      if (pages <= PAGES_BEFORE || isBroken) return undefined;
      thread ??= startThread(keys, () => {
        isBroken = true;
      });
      return thread.open();
    },
    async close() {
      clearTimeout(idle);
      await end();
    },
  };
}

type Thread = {
  /** Undefined while it is not there yet. */
  open(): OpenPage | undefined;
  end(): Promise<unknown>;
};

function startThread(keys: readonly DataKey[], broke: () => void): Thread {
  const worker = new Worker(new URL('./opening-thread.ts', import.meta.url), { workerData: keys });
  // It keeps no process alive that waits for nothing of it.
  worker.unref();
  /** What is waited for, in the order of the answers. */
  const asked: ((page: OpenedPage) => void)[] = [];
  let isReady = false;

  worker.once('message', () => {
    isReady = true;
    worker.on('message', (page: OpenedPage) => {
      asked.shift()?.(page);
      if (asked.length === 0) worker.unref();
    });
  });
  worker.on('error', broke);
  worker.on('exit', () => {
    isReady = false;
    for (const answer of asked.splice(0)) answer(undefined);
  });

  async function openPage(page: StoredPage): Promise<unknown[] | undefined> {
    if (!isReady) return undefined;
    worker.ref();
    worker.postMessage(page);
    const list = await new Promise<OpenedPage>((answer) => asked.push(answer));
    return list === undefined ? undefined : (JSON.parse(list) as unknown[]);
  }

  return { open: () => (isReady ? openPage : undefined), end: () => worker.terminate() };
}
