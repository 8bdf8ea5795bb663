import { expect, test } from 'vitest';
import { PAGE, type Page, readPages } from '../../../src/store/read-pages.ts';

/** A log of so many entries, each its own number, and what was fetched of it. */
function logOf(length: number) {
  const log = { length, fetched: [] as number[], failsAt: Number.POSITIVE_INFINITY };
  async function fetch(first: number, most: number): Promise<Page> {
    log.fetched.push(first);
    await Promise.resolve();
    if (first >= log.failsAt) throw new Error(`no page ${first}`);
    const count = Math.max(0, Math.min(most, log.length - first + 1));
    const values = Array.from({ length: count }, (_, i) => first + i);
    return { first, keys: values.map(String), values };
  }
  return { log, fetch };
}

async function read(pages: AsyncIterable<Page>): Promise<unknown[]> {
  return (await Array.fromAsync(pages)).flatMap(({ values }) => values);
}

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

test.each([0, 1, PAGE - 1, PAGE, PAGE + 1, 4 * PAGE, 7 * PAGE, 7 * PAGE + 5])(
  'all of %i entries come in order, each once, from any of them on',
  async (length) => {
    const { fetch } = logOf(length);
    expect(await read(readPages(1, fetch))).toEqual(numbers(1, length));
    expect(await read(readPages(3, fetch))).toEqual(numbers(3, Math.max(2, length)));
  },
);

test('a short read fetches a page when it is wanted, a long one before', async () => {
  const { log, fetch } = logOf(20 * PAGE);
  const pages = readPages(1, fetch);
  await pages.next();
  await pages.next();
  expect(log.fetched).toHaveLength(2);
  await pages.next();
  await pages.next();
  expect(log.fetched).toHaveLength(6);
  await pages.return();
});

test.each([1, 6])('what is appended while page %i is taken in is read as well', async (full) => {
  const { log, fetch } = logOf(full * PAGE + 5);
  const found: unknown[] = [];
  for await (const { first, values } of readPages(1, fetch)) {
    found.push(...values);
    if (first > full * PAGE && log.length === full * PAGE + 5) log.length += 2 * PAGE;
  }
  expect(found).toEqual(numbers(1, log.length));
});

test('a page that fails is told where it is reached, not before', async () => {
  const { log, fetch } = logOf(20 * PAGE);
  log.failsAt = 5 * PAGE;
  const found: Page[] = [];
  const reading = async () => {
    for await (const page of readPages(1, fetch)) found.push(page);
  };
  await expect(reading()).rejects.toThrow(`no page ${5 * PAGE + 1}`);
  expect(found).toHaveLength(5);
});
