import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { houseForEach } from './house-for-each.ts';
import { beatsIn, noBrowser, type OpenPage, type PageHouse, say, waitForHook } from './page-house.ts';

describe.skipIf(noBrowser)('playing on the page', () => {
  let browser: Browser;
  let house: PageHouse;
  let opened: OpenPage;
  houseForEach((made, launched) => {
    house = made;
    browser = launched;
  });
  beforeEach(async () => {
    opened = await house.open();
    await waitForHook(opened.page);
  });

  test('slash commands complete by keyboard, down to the values', async () => {
    const { page } = opened;
    const box = page.getByLabel('Say something in the scene');
    const list = page.getByRole('listbox');
    await page.locator('.scroll-area').focus();
    await page.keyboard.press('/');
    await list.getByText('/summon').waitFor();
    await page.keyboard.type('sum');
    await expect.poll(() => list.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('/summon ');
    await list.getByText(/Sherlock Holmes/).waitFor();
    await page.keyboard.type('sher');
    await expect.poll(() => list.getByRole('option').first().textContent()).toMatch(/^Sherlock Holmes/);
    await page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('/summon Sherlock Holmes');
    await page.keyboard.press('Enter');
    await page.locator('.cast summary', { hasText: 'Sherlock Holmes' }).waitFor();
    expect(await box.inputValue()).toBe('');

    await say(page, '/sumon Watson');
    await page
      .getByRole('status')
      .getByText(/\/summon/)
      .waitFor();
    expect(await box.inputValue()).toBe('/sumon Watson');
  });

  test('an @ offers the cast, and the mention is shown as one', async () => {
    const { page } = opened;
    const box = page.getByLabel('Say something in the scene');
    await box.pressSequentially('Good evening @dar');
    await page.getByRole('option', { name: 'Mr. Darcy' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('Good evening @Mr. Darcy ');
    await page.keyboard.press('Enter');
    await page.locator('.mention', { hasText: '@Mr. Darcy' }).waitFor();
  });

  test('another scene, three who are summoned, and they answer each other', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Start another scene' }).click();
    await page
      .getByLabel('Where and when does it play?')
      .fill('A cold inn on the coast road, past midnight.');
    await page.getByRole('button', { name: 'Start the scene' }).click();
    await page.locator('.scene-card .setting').getByText('A cold inn on the coast road').waitFor();
    expect(await page.locator('.entry[data-beat]').count()).toBe(0);

    for (const name of ['Elizabeth Bennet', 'Sherlock Holmes', 'Mr. Darcy']) {
      await page.getByRole('button', { name: 'Summon someone' }).click();
      await page.getByRole('button', { name: `Summon ${name}`, exact: true }).click();
      await page.locator('discord-system-message', { hasText: name }).waitFor();
      await page.locator(`discord-message[author="${name}"]`).first().waitFor();
    }
    await page.locator('.cast').getByText('On stage — 3').waitFor();
    const before = await page.locator('.entry[data-beat]').count();
    await say(page, 'Elizabeth, Holmes, who of you has the key?');
    await page.locator('discord-message[author="Guest"]', { hasText: 'who of you has the key' }).waitFor();
    // The player's own line, and those who were called.
    await page
      .locator('.entry[data-beat]')
      .nth(before + 2)
      .waitFor();
    const scene = new URL(page.url()).hash.slice(1);
    await house.engine.idle(scene);
    const speakers = (await house.engine.replay(scene)).slice(before).map(({ speaker }) => speaker?.name);
    expect(speakers.slice(0, 3)).toEqual(['Guest', 'Elizabeth Bennet', 'Sherlock Holmes']);
    expect(await page.locator('.scene-link').count()).toBe(2);
  });

  test('x-ray shows the plans, and takes them away again', async () => {
    const { page, wire } = opened;
    const toggle = page.getByRole('switch', { name: 'X-ray' });
    expect(wire.join()).not.toContain('"systemThinking"');
    await toggle.click();
    await page.locator('.xray-panel', { hasText: 'System thinking' }).first().waitFor();
    const plan = /"systemThinking":"([^"\\]{40,})/.exec(wire.join())?.[1] ?? '';
    expect(plan).not.toBe('');
    await page.locator('.xray-panel').getByText(plan).waitFor();
    await toggle.click();
    await expect.poll(() => page.locator('.xray-panel').count()).toBe(0);
    expect(await page.locator('body').textContent()).not.toContain(plan);
  });

  test('a long scene shows what came before on request', async () => {
    const { page } = opened;
    const scene = new URL(page.url()).hash.slice(1);
    for (let i = 0; i < 320; i += 1) await house.engine.narrate(scene, `Tick ${i}.`);
    await page.reload();
    await page.getByText('Tick 319.').waitFor();
    const all = (await house.engine.replay(scene)).map(({ n }) => n);
    expect(await beatsIn(page)).toEqual(all.slice(-300));
    await page.getByRole('button', { name: 'Show what came before' }).click();
    await expect.poll(async () => (await beatsIn(page)).length).toBe(all.length);
    expect(await beatsIn(page)).toEqual(all);
  });

  test('two tabs see one scene', async () => {
    const { page } = opened;
    const other = await house.open();
    await other.page.locator('.entry[data-beat]').first().waitFor();
    await say(page, 'Can you hear me in the other tab?');
    await other.page.getByText('Can you hear me in the other tab?').waitFor();
    expect(other.complaints).toEqual([]);
  });

  test('a scene is shared as one file, in which a friend opens the thoughts', async () => {
    const { page, wire } = opened;
    await page.getByRole('switch', { name: 'X-ray' }).click();
    await page.locator('.xray-panel').first().waitFor();
    const plans = [...wire.join().matchAll(/"systemThinking":"([^"\\]{20,})/g)].map(([, plan]) => plan ?? '');
    expect(plans.length).toBeGreaterThan(2);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Share this scene as one file' }).click(),
    ]);
    const file = await download.path();
    const html = await readFile(file, 'utf8');
    for (const plan of plans) expect(html).not.toContain(plan);

    const friend = await browser.newContext({ offline: true });
    const shared = await friend.newPage();
    const asked: string[] = [];
    shared.on('request', (request) => asked.push(request.url()));
    await download.saveAs(`${file}.html`);
    await shared.goto(`file://${file}.html`);
    const thoughts = shared.locator('.thought');
    expect(await thoughts.first().isVisible()).toBe(false);
    await shared.locator('.peek + label').first().click();
    expect(await thoughts.first().isVisible()).toBe(true);
    expect(await thoughts.first().textContent()).not.toBe('');
    expect(await thoughts.nth(1).isVisible()).toBe(false);
    await shared.getByText('What they thought').click();
    expect(await thoughts.nth(1).isVisible()).toBe(true);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    await friend.close();
  });

  test('where one is, and how to change it', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: /Local page/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Where you are' });
    for (const words of [
      'Stage',
      'Local page',
      'Model',
      'Scripted demo',
      'Store',
      'Memory',
      'Set STORE_URL.',
    ]) {
      await dialog.getByText(words, { exact: true }).waitFor();
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test('a line that is too long is refused in clear words, and stays in the box', async () => {
    const { page } = opened;
    await say(page, 'x'.repeat(5000));
    await page
      .getByRole('status')
      .getByText(/at most 4,000/)
      .waitFor();
    expect((await page.getByLabel('Say something in the scene').inputValue()).length).toBe(5000);
  });
});
