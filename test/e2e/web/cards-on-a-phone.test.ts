import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, openPageHouse, waitForHook } from './page-house.ts';

describe.skipIf(noBrowser)('cards on a telephone', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('one part of the editor at a time, and nothing is wider than the screen', async () => {
    const house = await openPageHouse(browser);
    const { page, complaints } = await house.open({
      viewport: { width: 390, height: 800 },
      hasTouch: true,
    });
    await waitForHook(page);
    await page.getByRole('button', { name: 'Cast', exact: true }).click();
    await page.getByRole('button', { name: 'Summon someone' }).click();
    await page.getByRole('button', { name: 'Open Mr. Darcy' }).click();
    const editor = page.getByRole('dialog', { name: 'Card editor' });
    await editor.getByLabel('Motivation').waitFor();
    const widths = 'document.querySelector("dialog.editor").scrollWidth - innerWidth';
    expect(await page.evaluate<number>(widths)).toBeLessThanOrEqual(0);
    await editor.getByRole('button', { name: 'Prompt', exact: true }).click();
    await page.getByRole('region', { name: 'The prompt' }).locator('mark.private').first().waitFor();
    expect(await editor.getByLabel('Motivation').isVisible()).toBe(false);
    // What stands in the prompt leads to its field.
    await page.getByRole('button', { name: 'Motivation', exact: true }).click();
    await expect
      .poll(() => page.evaluate('document.activeElement?.id'))
      .toBe('card-extensions-dramatis-motivation');
    expect(await page.evaluate<number>(widths)).toBeLessThanOrEqual(0);
    await house.close();
    expect(complaints).toEqual([]);
  });
});
