import { setImmediate } from 'node:timers/promises';

/** Entries of a log that were fetched at once: `first` and those after it. */
export type Page = {
  readonly first: number;
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
};

/** What is fetched at once, in entries: bounds memory, and round trips to a store elsewhere. */
export const PAGE = 256;

/** Who has read so many pages reads on, most likely. */
const LONG = 4;

/** Pages of a long log that are on their way while one is taken in. */
const AHEAD = 2;

/**
 * Reads a log page by page, as far as it is followed, up to an empty page. The pages of a long one are
 * fetched, and opened where they are sealed, while those before them are taken in.
 *
 * @param fetch at most so many entries from the first on; fewer at the end of the log
 */
export async function* readPages(
  from: number,
  fetch: (first: number, most: number) => Promise<Page>,
): AsyncGenerator<Page, void> {
  let next = from;
  let read = 0;
  let coming: Promise<Page>[] = [];

  function ask(): Promise<Page> {
    const page = fetch(next, PAGE);
    // It may fail before anybody waits for it; who then does is told.
    page.catch(() => {});
    coming.push(page);
    next += PAGE;
    return page;
  }

  try {
    for (;;) {
      const isAhead = coming.length > 0;
      const page = await (coming[0] ?? ask());
      coming.shift();
      const isFull = page.keys.length === PAGE;
      if (!isFull) {
        // What was asked for after the end came to nothing; what was appended since follows this page.
        await Promise.allSettled(coming);
        coming = [];
        next = page.first + page.keys.length;
      }
      if (page.keys.length > 0) {
        read += 1;
        while (isFull && read >= LONG && coming.length < AHEAD) void ask();
        yield page;
        // SQLite waits for nothing: a long log would keep everybody else waiting.
        if (read >= LONG) await setImmediate();
      } else if (!isAhead) return;
    }
  } finally {
    await Promise.allSettled(coming);
  }
}
