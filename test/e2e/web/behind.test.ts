import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach } from './house-for-each.ts';
import { noBrowser, type OpenPage, type PageHouse, waitForHook } from './page-house.ts';
import { picture } from './pictures.ts';

describe.skipIf(noBrowser)('behind a line and in a mind, on the page', () => {
  let house: PageHouse;
  let opened: OpenPage;
  let page: Page;
  houseForEach((made) => {
    house = made;
  });
  beforeEach(async () => {
    opened = await house.open();
    ({ page } = opened);
    await waitForHook(page);
  });

  const dialog = () => page.locator('dialog[open]');

  test('a line says why its speaker was chosen and who played them, by pointer and by keyboard', async () => {
    const line = page.locator('.entry', { has: page.locator('discord-message[author="Mr. Darcy"]') }).first();
    await line.hover();
    await line.getByRole('button', { name: 'Why this line?' }).click();
    await dialog().getByText('Why Mr. Darcy said this').waitFor();
    await dialog().getByText('the scripted demo').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await line.getByRole('button', { name: 'Why this line?' }).focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('Why this speaker').waitFor();
  });

  test('a mind in one panel: what it witnessed, what it keeps in mind, what lore it was reminded of', async () => {
    await page.locator('.cast summary', { hasText: 'Mr. Darcy' }).click();
    await page.getByRole('button', { name: 'What do they know?' }).first().click();
    await dialog()
      .getByText(/\d+ beats: \d+ word for word/)
      .waitFor();
    await dialog().getByText('Lore called up').waitFor();
    const pin = dialog()
      .getByRole('button', { name: /^Keep #\d+ in mind$/ })
      .last();
    const [, n] = /#(\d+)/.exec((await pin.getAttribute('aria-label')) ?? '') ?? [];
    await pin.click();
    await dialog().getByText(`Kept in mind: #${n}`).waitFor();
    const scene = new URL(page.url()).hash.slice(1);
    const pinned = (await house.engine.ledger.memory(scene, 'mr-darcy')).pinned.map((one) => String(one.n));
    expect(pinned).toEqual([n]);
    expect(await axeViolations(page)).toEqual([]);
    await picture(page.locator('dialog[open]'), 'mind');
    await dialog()
      .getByRole('button', { name: `Let #${n} fade` })
      .click();
    await dialog()
      .getByRole('button', { name: `Keep #${n} in mind` })
      .waitFor();
  });
});
