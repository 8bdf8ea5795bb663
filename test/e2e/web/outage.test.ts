import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { beatsIn, launchBrowser, noBrowser, openPageHouse, say, waitForHook } from './page-house.ts';

describe.skipIf(noBrowser)('when the stage goes away', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('the page says so, and goes on with the stage that comes back, nothing lost or doubled', async () => {
    const store = await openStore('memory:');
    const first = await openPageHouse(browser, { store: { ...store, close: async () => {} } });
    const { page } = await first.open({ viewport: { width: 375, height: 560 } });
    await waitForHook(page);
    for (let i = 0; i < 12; i += 1) await say(page, `/narrate Rain, minute ${i}.`);
    await page.locator('.entry', { hasText: 'Rain, minute 11.' }).waitFor();
    const scene = new URL(page.url()).hash.slice(1);
    const before = await beatsIn(page);
    await page.getByLabel('Say something in the scene').fill('half a thought');

    const { port } = new URL(first.url);
    await first.stop();
    await page.getByText('Reconnecting…').waitFor();
    const second = await openPageHouse(browser, { store, port: Number(port) });
    try {
      expect(second.url).toBe(first.url);
      await page.getByText('Reconnecting…').waitFor({ state: 'hidden' });
      expect(await page.getByLabel('Say something in the scene').inputValue()).toBe('half a thought');
      await expect.poll(() => beatsIn(page)).toEqual(before);
      // The replies to what was typed are gone, so the channel is shorter; its end is still in sight.
      await expect.poll(() => page.evaluate<number>(FROM_END)).toBeLessThan(2);
      expect(await page.locator('.jump').isVisible()).toBe(false);
      await say(page, 'Is anybody still there?');
      await page.locator('.entry', { hasText: 'Is anybody still there?' }).waitFor();
      await second.engine.idle(scene);
      const log = (await second.engine.replay(scene)).map(({ n }) => n);
      await expect.poll(() => beatsIn(page)).toEqual(log);
    } finally {
      await page.context().close();
      await second.close();
      await first.close();
    }
  });

  test('scenes that were open side by side come back, each where it was', async () => {
    const store = await openStore('memory:');
    const first = await openPageHouse(browser, { store: { ...store, close: async () => {} } });
    const { page } = await first.open({ viewport: { width: 1280, height: 700 } });
    await waitForHook(page);
    await page.getByRole('button', { name: 'Start another scene' }).click();
    await page.getByLabel('Where and when does it play?').fill('A cold inn.');
    await page.getByRole('button', { name: 'Start the scene' }).click();
    await page.locator('.scene-link', { hasText: 'A cold inn' }).waitFor();
    await page.getByRole('button', { name: 'Open beside: The Letter' }).press('Enter');
    const panes = page.locator('.scene-pane');
    const letter = page.getByRole('region', { name: 'The Letter' });
    await letter.locator('.chips .chip').first().waitFor();

    await first.stop();
    await expect.poll(() => panes.getByText('Reconnecting…').filter({ visible: true }).count()).toBe(2);
    const second = await openPageHouse(browser, { store, port: Number(new URL(first.url).port) });
    try {
      await expect.poll(() => panes.getByText('Reconnecting…').filter({ visible: true }).count()).toBe(0);
      await letter.getByLabel('Say something in the scene').fill('Back again.');
      await page.keyboard.press('Enter');
      await letter.locator('.entry', { hasText: 'Back again.' }).waitFor();
      expect(await page.locator('.entry', { hasText: 'Back again.' }).count()).toBe(1);
    } finally {
      await page.context().close();
      await second.close();
      await first.close();
    }
  });

  test('a page that is older than its stage is loaded anew, once', async () => {
    const house = await openPageHouse(browser);
    try {
      const { page } = await house.open();
      await waitForHook(page);
      let dialled = 0;
      let loaded = 0;
      page.on('load', () => {
        loaded += 1;
      });
      await page.routeWebSocket(/\/stage$/, (socket) => {
        dialled += 1;
        if (dialled <= 3) void socket.close({ code: 4000, reason: 'Another version.' });
        else socket.connectToServer();
      });
      await page.reload();
      await waitForHook(page);
      // The first load is the test's own; of three refusals one alone loaded the page again.
      expect({ dialled, loaded }).toEqual({ dialled: 4, loaded: 2 });
      expect(await page.evaluate<number>('sessionStorage.length')).toBe(0);
    } finally {
      await house.close();
    }
  });

  test('a failed turn is one neutral line with a way to try it again', async () => {
    const house = await openPageHouse(browser);
    try {
      const { page, complaints } = await house.open();
      await waitForHook(page);
      const scene = new URL(page.url()).hash.slice(1);
      const record = (await house.engine.info(scene))?.record;
      if (!record) throw new Error('no scene');
      await house.stage.notice(record, { kind: 'moment-passes', text: '*the moment passes*', retry: true });
      const line = page.locator('.aside', { hasText: 'the moment passes' });
      await line.getByRole('button', { name: 'Retry' }).click();
      await expect.poll(() => line.count()).toBe(0);
      expect(complaints).toEqual([]);
    } finally {
      await house.close();
    }
  });
});

const FROM_END =
  "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.scroll-area'))";
