import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import {
  launchBrowser,
  noBrowser,
  type OpenPage,
  openPageHouse,
  type PageHouse,
  waitForHook,
} from './page-house.ts';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 720 };

async function tool(line: Locator, name: string): Promise<void> {
  await line.hover();
  await line.getByRole('button', { name }).click();
}

/** Who leaves the editor is in the gallery again. */
async function leaveDialogs(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      return page.locator('dialog[open]').count();
    })
    .toBe(0);
}

describe.skipIf(noBrowser)('the page, as axe sees it', () => {
  let browser: Browser;
  let house: PageHouse;
  let opened: OpenPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    house = await openPageHouse(browser);
  });
  afterEach(async () => {
    await house.close();
    expect(opened.complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  async function open(options: Parameters<PageHouse['open']>[0]): Promise<Page> {
    opened = await house.open(options);
    const { page } = opened;
    await waitForHook(page);
    return page;
  }

  test.each(['light', 'dark'] as const)('no view has a fault: wide, %s', async (colorScheme) => {
    const page = await open({ colorScheme, viewport: WIDE });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('switch', { name: 'X-ray' }).click();
    await page.locator('.xray-panel').first().waitFor();
    await page.locator('.thought-opener').first().click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Say something in the scene').fill('/s');
    await page.getByRole('option').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('no dialog has a fault, %s', async (colorScheme) => {
    const page = await open({ colorScheme, viewport: WIDE });
    const line = page.locator('.entry', { has: page.locator('discord-message[author="Mr. Darcy"]') }).first();
    const dialogs: Record<string, () => Promise<void>> = {
      'another scene': () => page.getByRole('button', { name: 'Start another scene' }).click(),
      gallery: () => page.getByRole('button', { name: 'Summon someone' }).click(),
      models: () => page.locator('.minds-pill').click(),
      'who you are': () => page.locator('.persona').click(),
      mind: async () => {
        await page.locator('.cast summary').first().click();
        await page.getByRole('button', { name: 'What do they know?' }).first().click();
      },
      'a line, edited': () => tool(line, 'Edit'),
      story: () => page.getByRole('button', { name: 'The story so far' }).click(),
      rewind: () => tool(line, 'Rewind to here'),
      'an editor': async () => {
        await page.getByRole('button', { name: 'Summon someone' }).click();
        await page.getByRole('button', { name: 'New character' }).click();
      },
    };
    for (const [name, show] of Object.entries(dialogs)) {
      await show();
      const dialog = page.locator('dialog[open]').last();
      await dialog.waitFor();
      expect(await axeViolations(page), name).toEqual([]);
      await leaveDialogs(page);
    }
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
