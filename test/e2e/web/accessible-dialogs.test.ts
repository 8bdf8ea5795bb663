import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach } from './house-for-each.ts';
import { noBrowser, type OpenPage, type PageHouse, waitForHook } from './page-house.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 375, height: 720 }, hasTouch: true };

/** Who leaves the editor is in the gallery again. */
async function leaveDialogs(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      // The window's own event that it is closed comes behind the key, and may open another.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
      return page.locator('dialog[open]').count();
    })
    .toBe(0);
}

/** By keyboard; on a phone what is at the sides comes out of its drawer first. */
async function press(page: Page, name: string, drawer?: 'Scenes' | 'Cast'): Promise<void> {
  if (drawer) await pullOut(page, drawer);
  await page.getByRole('button', { name }).first().press('Enter');
}

async function pullOut(page: Page, drawer: 'Scenes' | 'Cast'): Promise<void> {
  const opener = page.getByRole('button', { name: drawer, exact: true });
  if (await opener.isVisible()) await opener.press('Enter');
}

const DIALOGS: Record<string, (page: Page) => Promise<void>> = {
  'another scene': (page) => press(page, 'Start another scene', 'Scenes'),
  settings: (page) => press(page, 'Settings', 'Scenes'),
  'where one is': (page) => press(page, 'Local page', 'Scenes'),
  gallery: (page) => press(page, 'Summon someone', 'Cast'),
  worlds: async (page) => {
    await press(page, 'Summon someone', 'Cast');
    await press(page, 'Worlds');
  },
  'an editor': async (page) => {
    await press(page, 'Summon someone', 'Cast');
    await press(page, 'New character');
  },
  mind: async (page) => {
    await pullOut(page, 'Cast');
    await page.locator('.cast summary').first().press('Enter');
    await press(page, 'What do they know?');
    await page.locator('.mind-side h3').first().waitFor();
  },
  models: (page) => page.locator('.minds-pill').press('Enter'),
  'who you are': (page) => page.locator('.persona').press('Enter'),
  story: (page) => press(page, 'The story so far'),
  'why a line': (page) => press(page, 'Why this line?'),
  'a line, edited': (page) => press(page, 'Edit'),
  rewind: (page) => press(page, 'Rewind to here'),
};

describe.skipIf(noBrowser)('the windows of the page, as axe sees them', () => {
  let house: PageHouse;
  let opened: OpenPage;
  houseForEach((made) => {
    house = made;
  });

  test.each([
    ['wide, light', { ...WIDE, colorScheme: 'light' }],
    ['wide, dark', { ...WIDE, colorScheme: 'dark' }],
    ['on a phone, light', { ...PHONE, colorScheme: 'light' }],
    ['on a phone, dark', { ...PHONE, colorScheme: 'dark' }],
  ] as const)('none has a fault, each is opened and left by keyboard: %s', async (_how, options) => {
    opened = await house.open(options);
    const { page } = opened;
    await waitForHook(page);
    for (const [name, show] of Object.entries(DIALOGS)) {
      await show(page);
      await page.locator('dialog[open]').last().waitFor();
      expect(await axeViolations(page), name).toEqual([]);
      await leaveDialogs(page);
    }
  });
});
