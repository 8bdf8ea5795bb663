import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach } from './house-for-each.ts';
import { noBrowser, type OpenPage, type PageHouse, waitForHook } from './page-house.ts';
import { picture } from './pictures.ts';

describe.skipIf(noBrowser)('settings, on the page', () => {
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
    scene = new URL(page.url()).hash.slice(1);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel(/^turnsPerLine/).waitFor();
  });

  const row = (name: string) => page.locator(`[data-setting="${name}"]`);
  const rules = () => house.engine.settings.rules({ stage: 'web', scene });

  test('each says its value, where it comes from, its default and bounds; it is changed and taken back in place', async () => {
    const turns = row('turnsPerLine');
    expect(await turns.textContent()).toContain(
      'Set by default. turnsPerLine is a whole number from 0 to 20.',
    );
    await page.getByLabel(/^turnsPerLine/).fill('5');
    await page.keyboard.press('Enter');
    await turns.getByText('Set in this scene; by default 3.').waitFor();
    expect((await rules()).turnsPerLine).toBe(5);
    await page.getByLabel(/^language/).selectOption('de');
    await row('language').getByText('Set in this scene; by default auto.').waitFor();
    expect((await rules()).language).toBe('de');
    await axeViolations(page).then((found) => expect(found).toEqual([]));
    await picture(page.locator('dialog[open]'), 'settings');
    await page.getByRole('button', { name: 'Take back turnsPerLine' }).click();
    await turns.getByText('Set by default.').waitFor();
    expect((await rules()).turnsPerLine).toBe(3);
  });

  test('a value out of bounds is refused in words, and nothing changes', async () => {
    await page.getByLabel(/^turnsPerLine/).fill('500');
    await page.keyboard.press('Enter');
    await page.locator('.setting-said.problem', { hasText: 'from 0 to 20' }).waitFor();
    expect((await rules()).turnsPerLine).toBe(3);
  });

  test('on this machine, and for one character, where the setting has that level', async () => {
    await page.getByLabel('A change holds for').selectOption({ label: 'this machine: every scene' });
    await page.getByLabel(/^gatherMs/).fill('1 s');
    await page.keyboard.press('Enter');
    await row('gatherMs').getByText('Set on this machine; by default 2.5 s.').waitFor();
    await page.getByLabel('A change holds for').selectOption({ label: 'Mr. Darcy' });
    await expect.poll(() => page.getByLabel(/^gatherMs/).isDisabled()).toBe(true);
    await page.getByLabel(/^peek\b/).selectOption('nobody');
    await row('peek').getByText('Set for this character').waitFor();
    const peekFor = async (card: string) =>
      (await house.engine.settings.rules({ stage: 'web', scene }, card)).peek;
    expect(await peekFor('mr-darcy')).toBe('nobody');
    expect(await peekFor('elizabeth-bennet')).not.toBe('nobody');
  });
});
