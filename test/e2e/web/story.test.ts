import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { houseForEach, startAtTheInn } from './house-for-each.ts';
import { beatsIn, noBrowser, type OpenPage, type PageHouse, say, waitForHook } from './page-house.ts';
import { picture } from './pictures.ts';

describe.skipIf(noBrowser)('the story as a tree, on the page', () => {
  let house: PageHouse;
  let opened: OpenPage;
  let page: Page;
  let scene = '';
  houseForEach((made) => {
    house = made;
  });
  /** Holmes was asked twice, in two ways; his first answer has two versions. */
  beforeEach(async () => {
    opened = await house.open({ viewport: { width: 940, height: 560 } });
    ({ page } = opened);
    await waitForHook(page);
    scene = await startAtTheInn(page);
    const { past } = house.engine;
    const by = { id: 'local', moderator: true };
    await ask('Holmes, what of the tracks?');
    const first = await past.swipe(scene, 'again', by);
    await ask('And the LANTERN?');
    await past.rewind(scene, first.n);
    await ask('And the window?');
    await page.locator('.entry', { hasText: 'And the window?' }).waitFor();
  });

  async function ask(text: string): Promise<void> {
    await house.engine.idle(scene);
    await say(page, text);
    await page.locator('.entry', { hasText: text }).waitFor();
    await house.engine.idle(scene);
  }

  async function openTree(): Promise<void> {
    await page.getByRole('button', { name: 'The story so far' }).click();
    await page.getByRole('tree').waitFor();
  }

  const focused = () => page.evaluate<string>('document.activeElement.textContent');

  async function moveTo(wanted: RegExp): Promise<void> {
    for (let presses = 0; presses < 20 && !wanted.test(await focused()); presses += 1) {
      await page.keyboard.press('ArrowDown');
    }
    expect(await focused()).toMatch(wanted);
  }

  test('what was left behind stands at the place where it began, and is looked at', async () => {
    await openTree();
    await page.locator('.story-look', { hasText: 'And the window?' }).waitFor();
    expect(await page.getByRole('treeitem', { name: /^The version that stands/ }).count()).toBe(1);
    expect(await page.getByRole('treeitem', { name: /^Another version/ }).count()).toBe(1);
    await page.getByRole('treeitem', { name: /^Left behind/ }).click();
    const look = page.locator('.story-look');
    await look.getByText('And the LANTERN?').waitFor();
    expect(await look.textContent()).not.toContain('And the window?');
    expect(await axeViolations(page)).toEqual([]);
    await picture(page.locator('dialog[open]'), 'story-tree');
    // It was a look: the scene is where it was.
    await page.keyboard.press('Escape');
    expect(await page.locator('.entry', { hasText: 'LANTERN' }).count()).toBe(0);
  });

  test('a moment is saved under a name, and found by it', async () => {
    await openTree();
    await page.getByLabel('Name of the save').fill('Before the window');
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem', { name: /Before the window/ }).waitFor();
    expect((await house.engine.game.saves(scene)).map(({ name }) => name)).toEqual(['Before the window']);
    expect(await axeViolations(page)).toEqual([]);
  });

  test('another scene goes on from what was left behind', async () => {
    await openTree();
    await page.getByRole('treeitem', { name: /^Left behind/ }).click();
    await page.locator('.story-look').getByText('And the LANTERN?').waitFor();
    await page.getByRole('button', { name: 'Go on from here in another scene' }).click();
    await page.locator('.scene-link[aria-current]', { hasText: 'What if' }).waitFor();
    await page.locator('.entry', { hasText: 'And the LANTERN?' }).waitFor();
    expect(await page.locator('.entry', { hasText: 'And the window?' }).count()).toBe(0);
    await say(page, 'Holmes, the lamp is out.');
    await page.locator('.entry', { hasText: 'the lamp is out' }).waitFor();
  });

  test('the keyboard goes through the tree, and back to an earlier place', async () => {
    await openTree();
    await expect.poll(focused).toContain(' now');
    await page.keyboard.press('Home');
    const first = await focused();
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(first);
    await moveTo(/what of the tracks/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('version');
    await moveTo(/^Left behind/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('And the LANTERN?');
    // Out of it, to the moment at which it began, and closed.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const chosen = page.locator('[role=treeitem][aria-selected=true]');
    expect(await chosen.getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('button', { name: 'Go back to here' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(focused).toBe('Go back to here');
    await page.keyboard.press('Enter');
    await page.locator('.entry', { hasText: 'And the window?' }).waitFor({ state: 'detached' });
    const left = (await house.engine.replay(scene)).map(({ n }) => n);
    await expect.poll(() => beatsIn(page)).toEqual(left);
  });
});
