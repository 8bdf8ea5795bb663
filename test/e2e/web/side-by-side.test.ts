import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach } from './house-for-each.ts';
import { noBrowser, type OpenPage, type PageHouse, waitForHook } from './page-house.ts';
import { picture } from './pictures.ts';

describe.skipIf(noBrowser)('several scenes, on one page', () => {
  let house: PageHouse;
  let opened: OpenPage;
  let page: Page;
  /** Ids: the demo, and an inn with Holmes in it. */
  let demo = '';
  let inn = '';
  houseForEach((made) => {
    house = made;
  });

  const address = () => decodeURIComponent(new URL(page.url()).hash.slice(1));

  /** The demo came first; the inn is in its place now. */
  async function open(options: Parameters<PageHouse['open']>[0] = {}): Promise<void> {
    opened = await house.open({ viewport: { width: 1100, height: 520 }, ...options });
    ({ page } = opened);
    await waitForHook(page);
    demo = address();
    inn = 'web:the-inn';
    const owner = { id: 'local', name: 'Guest' };
    await house.engine.start({
      id: inn,
      stage: 'web',
      owner,
      title: 'The Inn',
      setting: 'A cold inn.',
      cast: ['sherlock-holmes'],
      preset: 'called-only',
    });
    await house.engine.idle(inn);
    await page.goto(`${house.url}/#${inn}`);
    await page.reload();
    await pane('The Inn').waitFor();
  }

  const pane = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const box = (name: string): Locator => pane(name).getByLabel('Say something in the scene');

  async function openBoth(): Promise<void> {
    await page.getByRole('button', { name: 'The Letter', exact: true }).hover();
    await page.getByRole('button', { name: 'Open beside: The Letter' }).click();
    await pane('The Letter').waitFor();
  }

  test('two play side by side; what is said in one is heard in it alone, and the cast is of the one that is played in', async () => {
    await open();
    await openBoth();
    await box('The Inn').fill('Only for the inn.');
    await box('The Inn').press('Enter');
    await pane('The Inn').locator('.entry', { hasText: 'Only for the inn.' }).waitFor();
    expect(await pane('The Letter').locator('.entry', { hasText: 'Only for the inn.' }).count()).toBe(0);
    await page.locator('.cast summary', { hasText: 'Sherlock Holmes' }).waitFor();
    await box('The Letter').focus();
    await page.locator('.cast summary', { hasText: 'Mr. Darcy' }).waitFor();
    expect(await page.title()).toContain('The Letter');
    // The keyboard's way into the text box of the one that has it.
    await pane('The Letter').locator('.scroll-area').focus();
    await page.keyboard.press('/');
    expect(await box('The Letter').inputValue()).toBe('/');
    await box('The Letter').fill('');
    expect(await axeViolations(page)).toEqual([]);
    await picture(page, 'side-by-side');
  });

  test('both are there again after a reload; one is put away by keyboard', async () => {
    await open();
    await openBoth();
    await expect.poll(address).toBe(`${inn},${demo}`);
    await page.reload();
    await pane('The Letter').waitFor();
    await pane('The Inn').waitFor();
    await pane('The Letter').getByRole('button', { name: 'Put this scene away' }).press('Enter');
    await pane('The Letter').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate<string>('document.activeElement.className')).toBe('box');
    await expect.poll(address).toBe(inn);
  });

  test('what is new in a scene that is out of sight stands in the list, until it is looked at', async () => {
    await open();
    await page.getByRole('button', { name: 'The Letter', exact: true }).click();
    await pane('The Letter').waitFor();
    await pane('The Inn').waitFor({ state: 'detached' });
    await house.engine.hear(inn, { player: { id: 'local', name: 'Guest' }, text: 'Holmes, are you there?' });
    await house.engine.idle(inn);
    const link = page.getByRole('button', { name: /^The Inn \d+ new$/ });
    await link.waitFor();
    await link.click();
    await pane('The Inn').locator('.entry', { hasText: 'are you there?' }).waitFor();
    await page.getByRole('button', { name: 'The Inn', exact: true }).waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'on a phone one at a time, the other a tap away, %s',
    async (colorScheme) => {
      await open({ colorScheme, viewport: { width: 375, height: 720 }, hasTouch: true });
      await page.goto(`${house.url}/#${inn},${demo}`);
      await page.reload();
      const tabs = page.getByRole('navigation', { name: 'Open scenes' });
      await tabs.getByRole('button', { name: 'The Letter' }).waitFor();
      expect(await pane('The Letter').isVisible()).toBe(false);
      await house.engine.narrate(demo, 'A door bangs.');
      await tabs.getByRole('button', { name: /^The Letter \d+ new$/ }).tap();
      await pane('The Letter').getByText('A door bangs.').waitFor();
      expect(await pane('The Inn').isVisible()).toBe(false);
      await tabs.getByRole('button', { name: 'The Letter', exact: true }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    },
  );
});
