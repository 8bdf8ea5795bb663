import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser, openPageHouse, type PageHouse, say } from './page-house.ts';

/**
 * In a suite: one browser for all its tests, and for each a house of its own, of which no page may have complained.
 * What the suite itself does before each test comes after `give`.
 */
export function houseForEach(give: (house: PageHouse, browser: Browser) => void): void {
  let browser: Browser;
  let house: PageHouse;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    house = await openPageHouse(browser);
    give(house, browser);
  });
  afterEach(async () => {
    const complaints = house.complaints();
    await house.close();
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser.close());
}

/** Starts another scene, an inn with Holmes in it. Returns its id. */
export async function startAtTheInn(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Start another scene' }).click();
  await page.getByLabel('Where and when does it play?').fill('A cold inn on the coast road.');
  await page.getByRole('button', { name: 'Start the scene' }).click();
  await page.locator('.scene-card .setting').getByText('A cold inn').waitFor();
  await say(page, '/summon Sherlock Holmes');
  await page.locator('discord-message[author="Sherlock Holmes"]').waitFor();
  return new URL(page.url()).hash.slice(1);
}
