import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDataKey } from '../../../../src/store/sealed/data-key.ts';
import type { StoredPage } from '../../../../src/store/sealed/opening-thread.ts';
import {
  createPageOpener,
  type OpenPage,
  type PageOpener,
} from '../../../../src/store/sealed/page-opener.ts';
import { sealValue } from '../../../../src/store/sealed/sealed-value.ts';

const [A, B] = [createDataKey(Buffer.alloc(32, 0xa)), createDataKey(Buffer.alloc(32, 0xb))];
const values = ['é 💭 \u0000 \ud800 "quotes"', { n: 1 }, [], null, 7];
const keys = values.map((_, i) => `s/${i}`);

function pageBy(key: typeof A): StoredPage {
  return {
    kind: 'beat',
    keys,
    texts: values.map((value, i) =>
      JSON.stringify({ value: sealValue(key, { kind: 'beat', key: keys[i] ?? '' }, value) }),
    ),
  };
}

let opener: PageOpener;
beforeEach(() => {
  opener = createPageOpener([A, B]);
});
afterEach(() => opener.close());

/** Asks it for pages until there is a thread. */
async function threaded(): Promise<OpenPage> {
  for (;;) {
    const open = opener.forPage();
    if (open) return open;
    await setImmediate();
  }
}

test('a few pages are left to whoever reads them', () => {
  expect(opener.forPage()).toBeUndefined();
});

test('pages come back as they were sealed, in order, whichever key sealed them', async () => {
  const open = await threaded();
  expect(await Promise.all([open(pageBy(B)), open(pageBy(A))])).toEqual([values, values]);
});

test.each([
  ['was moved', { keys: [...keys.slice(0, -1), 's/elsewhere'] }],
  ['is missing', { texts: [...pageBy(A).texts.slice(0, -1), undefined] }],
  ['is not sealed', { texts: [...pageBy(A).texts.slice(0, -1), '{"value":7}'] }],
  ['is no JSON', { texts: [...pageBy(A).texts.slice(0, -1), 'SECRET'] }],
])('a page of which one value %s is left to whoever reads it, and no other', async (_what, changed) => {
  const open = await threaded();
  const pages = [open({ ...pageBy(A), ...changed }), open(pageBy(A))];
  expect(await Promise.all(pages)).toEqual([undefined, values]);
});

test('what it was asked when it is closed is answered, and nothing waits for ever', async () => {
  const open = await threaded();
  const late = open(pageBy(A));
  await opener.close();
  expect([undefined, values]).toContainEqual(await late);
  expect(await open(pageBy(A))).toBeUndefined();
});
