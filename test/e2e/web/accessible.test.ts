import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach } from './house-for-each.ts';
import { noBrowser, type OpenPage, type PageHouse, say, waitForHook } from './page-house.ts';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 720 };

describe.skipIf(noBrowser)('the page, as axe sees it', () => {
  let house: PageHouse;
  let opened: OpenPage;
  houseForEach((made) => {
    house = made;
  });

  async function open(options: Parameters<PageHouse['open']>[0]): Promise<Page> {
    opened = await house.open(options);
    const { page } = opened;
    await waitForHook(page);
    return page;
  }

  test.each(['light', 'dark'] as const)('no view has a fault: wide, %s', async (colorScheme) => {
    const page = await open({ colorScheme, viewport: WIDE });
    expect(await axeViolations(page)).toEqual([]);
    // Someone who is away is paler.
    await say(page, '/dismiss Mr. Bennet');
    await page.locator('.cast').getByText('Away — 1').waitFor();
    await page.getByRole('switch', { name: 'X-ray' }).click();
    await page.locator('.xray-panel').first().waitFor();
    await page.locator('.thought-opener').first().click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Say something in the scene').fill('/s');
    await page.getByRole('option').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('no view has a fault: on a phone, %s', async (colorScheme) => {
    const page = await open({ colorScheme, viewport: PHONE, hasTouch: true });
    expect(await axeViolations(page)).toEqual([]);
    for (const name of ['Scenes', 'Cast']) {
      await page.getByRole('button', { name, exact: true }).click();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
});
