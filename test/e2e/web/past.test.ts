import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { houseForEach, startAtTheInn } from './house-for-each.ts';
import { beatsIn, noBrowser, type OpenPage, type PageHouse, say, waitForHook } from './page-house.ts';

describe.skipIf(noBrowser)('the past, on the page', () => {
  let house: PageHouse;
  let opened: OpenPage;
  let page: Page;
  let scene = '';
  houseForEach((made) => {
    house = made;
  });
  beforeEach(async () => {
    opened = await house.open();
    ({ page } = opened);
    await waitForHook(page);
    scene = await startAtTheInn(page);
    await house.engine.idle(scene);
    await say(page, 'Holmes, what do you make of the tracks?');
    await expect.poll(async () => (await house.engine.past.swipes(scene))?.n ?? 0).toBeGreaterThan(0);
    await page.locator('.swipe-bar').getByText('1/1').waitFor();
  });

  test('the newest line has other versions, in its own place', async () => {
    const bar = page.locator('.swipe-bar');
    const entry = page.locator('.entry', { has: bar });
    const before = await beatsIn(page);
    const first = await entry.locator('.said').textContent();
    expect(await bar.getByRole('button', { name: 'Earlier version' }).isDisabled()).toBe(true);
    await bar.getByRole('button', { name: 'Say it anew' }).click();
    await bar.getByText('2/2').waitFor();
    expect(await beatsIn(page)).toEqual(before);
    await bar.getByRole('button', { name: 'Earlier version' }).click();
    await bar.getByText('1/2').waitFor();
    expect(await entry.locator('.said').textContent()).toBe(first);
    // Who goes through them by keyboard stays where they were.
    await bar.getByRole('button', { name: 'Later version' }).focus();
    await page.keyboard.press('Enter');
    await bar.getByText('2/2').waitFor();
    await expect.poll(() => page.evaluate<string>('document.activeElement.dataset.step')).toBe('next');
    expect(await page.locator('.streaming').count()).toBe(0);
  });

  test('a line is edited where it stands', async () => {
    const entry = page.locator('.entry', { has: page.locator('.swipe-bar') });
    await entry.hover();
    await entry.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('The line').fill('*kneels* A lame horse, <b>and</b> two men.');
    await page.getByRole('button', { name: 'Save' }).click();
    await entry.locator('.action', { hasText: 'kneels' }).waitFor();
    expect(await entry.locator('.speech').textContent()).toBe('A lame horse, ‹b›and‹/b› two men.');
  });

  test('the scene goes back, and what came after is gone', async () => {
    await say(page, 'And the lantern?');
    const later = page.locator('.entry', { hasText: 'And the lantern?' });
    await later.waitFor();
    await house.engine.idle(scene);
    const asked = page.locator('.entry', { hasText: 'what do you make of the tracks' });
    await asked.hover();
    await asked.getByRole('button', { name: 'Rewind to here' }).click();
    await page.getByRole('button', { name: 'Rewind', exact: true }).click();
    await later.waitFor({ state: 'detached' });
    const left = (await house.engine.replay(scene)).map(({ n }) => n);
    await expect.poll(() => beatsIn(page)).toEqual(left);
  });

  test('a room has its own lines, under its name, in the same stream', async () => {
    await say(page, '/scene room Cellar');
    const link = page.getByRole('button', { name: 'Cellar', exact: true });
    await link.click();
    await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
    await say(page, 'It is dark down here.');
    const entry = page.locator('.entry.in-room', { hasText: 'It is dark down here.' });
    await entry.waitFor();
    await page.locator('.room-label', { hasText: 'Cellar' }).first().waitFor();
    await page.locator('.cast .player .where', { hasText: 'Cellar' }).waitFor();
    const room = new URL(page.url()).hash.slice(1);
    const there = (await house.engine.replay(scene)).filter(({ place }) => place === room);
    expect(there.some(({ segments }) => segments.some(({ text }) => text === 'It is dark down here.'))).toBe(
      true,
    );
  });

  test('a scene is exported by command, as files to be saved', async () => {
    await say(page, '/scene export');
    const link = page.locator('.reply-files a', { hasText: '.html' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.html$/);
    expect(await page.locator('.reply-files a').count()).toBe(2);
  });
});
