import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  launchBrowser,
  noBrowser,
  type OpenPage,
  openPageHouse,
  type PageHouse,
  say,
  waitForHook,
} from './page-house.ts';

const PHONE = { viewport: { width: 375, height: 720 }, hasTouch: true };

describe.skipIf(noBrowser)('the page at hand', () => {
  let browser: Browser;
  let house: PageHouse;
  const pages: OpenPage[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    house = await openPageHouse(browser);
  });
  afterEach(async () => {
    await house.close();
    for (const { complaints } of pages.splice(0)) expect(complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  async function open(options?: Parameters<PageHouse['open']>[0]): Promise<Page> {
    const opened = await house.open(options);
    pages.push(opened);
    await waitForHook(opened.page);
    return opened.page;
  }

  async function recordOf(page: Page) {
    const info = await house.engine.info(new URL(page.url()).hash.slice(1));
    if (!info) throw new Error('no scene');
    return info.record;
  }

  test('a scene of one’s own is named after its place, and its card shows who is there now', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Start another scene' }).click();
    await page
      .getByLabel('Where and when does it play?')
      .fill('A cold inn on the coast road. Past midnight.');
    await page.getByRole('button', { name: 'Start the scene' }).click();
    await page.locator('.scene-link', { hasText: 'A cold inn on the coast road' }).waitFor();
    const card = page.locator('.scene-card');
    await card.getByText('Nobody is on stage yet.').waitFor();
    await say(page, '/summon Sherlock Holmes');
    await card.getByText('Sherlock Holmes').waitFor();
    expect(await card.textContent()).not.toContain('Nobody is on stage');
    await say(page, '/dismiss Sherlock Holmes');
    await card.getByText('Nobody is on stage').waitFor();
  });

  test('that someone considers is said while they do, and not after', async () => {
    const page = await open();
    const record = await recordOf(page);
    const darcy = { id: 'character:mr-darcy', name: 'Mr. Darcy' };
    await say(page, 'Is it the fourth sheet?');
    await page.locator('.entry', { hasText: 'Is it the fourth sheet?' }).waitFor();
    await house.engine.idle(record.id);
    house.stage.typing(record, darcy);
    await house.stage.notice(record, { kind: 'considering', text: '*Mr. Darcy considers…*' });
    await page.getByText('Mr. Darcy considers…').waitFor();
    house.stage.typing(record, undefined);
    await page.getByText('Mr. Darcy considers…').waitFor({ state: 'detached' });
  });

  test('what follows a notice has its speaker’s name again; a retry clears the notice away', async () => {
    const page = await open();
    const record = await recordOf(page);
    const speaker = { id: 'character:mr-darcy', name: 'Mr. Darcy' };
    const { signal } = new AbortController();
    const line = (n: number, text: string) =>
      house.stage.show(
        record,
        { n, at: Date.now(), kind: 'line', speaker, segments: [{ kind: 'speech', text }] },
        signal,
      );
    await line(900, 'One.');
    await line(901, 'Two.');
    await house.stage.notice(record, { kind: 'moment-passes', text: '*the moment passes*', retry: true });
    await house.stage.notice(record, { kind: 'info', text: 'The endpoint is down.' });
    await line(902, 'Three.');
    const continues = (text: string) =>
      page.locator('.entry', { hasText: text }).locator('discord-message[message-body-only]').count();
    await page.locator('.entry', { hasText: 'Three.' }).waitFor();
    expect(await Promise.all(['Two.', 'Three.'].map(continues))).toEqual([1, 0]);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('The endpoint is down.').waitFor({ state: 'detached' });
    expect(await page.getByText('the moment passes').count()).toBe(0);
  });

  test('another name is borne from the next line on', async () => {
    const page = await open();
    await say(page, 'Good evening.');
    await page.locator('discord-message[author="The Guest"]').waitFor();
    await page.locator('.persona').click();
    await page.getByLabel('Your name in the scene').fill('Mara');
    await page.getByRole('button', { name: 'Play as this' }).click();
    await page.locator('.persona', { hasText: 'Mara' }).waitFor();
    await say(page, 'And now?');
    await page.locator('discord-message[author="Mara"]', { hasText: 'And now?' }).waitFor();
    await page.locator('.cast .player', { hasText: 'Mara' }).waitFor();
    expect(await page.locator('.cast .player').count()).toBe(1);
  });

  test('on a telephone the drawers open, and Escape closes them', async () => {
    const page = await open(PHONE);
    const scenes = page.locator('.left');
    const cast = page.locator('.cast');
    expect(await scenes.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Scenes', exact: true }).tap();
    await scenes.getByText('The Letter').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => scenes.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Cast', exact: true }).tap();
    await cast.getByText('On stage — 3').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => cast.isVisible()).toBe(false);
  });

  test('the keyboard’s place is not lost: not by a chip, not in a window, not as the scene goes on', async () => {
    const page = await open();
    await page.locator('.chip').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate<string>('document.activeElement.className')).toBe('box');

    await page.locator('.cast summary', { hasText: 'Mr. Bennet' }).focus();
    await house.engine.narrate((await recordOf(page)).id, 'A gull screams.');
    await page.getByText('A gull screams.').waitFor();
    await say(page, '/summon Charlotte');
    await page.locator('.cast summary', { hasText: 'Charlotte' }).waitFor();
    await page.locator('.cast summary', { hasText: 'Mr. Bennet' }).focus();
    await house.engine.dismiss((await recordOf(page)).id, 'mr-darcy');
    await page.getByText('Away — 1').waitFor();
    await expect
      .poll(() => page.evaluate<string>('document.activeElement.textContent'))
      .toContain('Mr. Bennet');

    await page.getByRole('button', { name: 'Summon someone' }).click();
    await page.keyboard.type('wats');
    expect(await page.getByRole('searchbox').inputValue()).toBe('wats');
  });

  test('a turn that was shown piece by piece is in sight to its last word', async () => {
    const page = await open();
    const record = await recordOf(page);
    const speaker = { id: 'character:mr-darcy', name: 'Mr. Darcy' };
    const { signal } = new AbortController();
    for (let n = 900; n < 906; n += 1) {
      const segment = { kind: 'speech' as const, text: `Sheet ${n}.` };
      house.stage.partial(record, `t${n}`, speaker, segment);
      await page.locator('.streaming', { hasText: segment.text }).waitFor();
      await page.evaluate(NEXT_FRAMES);
      await house.stage.show(record, { n, at: n * 1e7, kind: 'line', speaker, segments: [segment] }, signal);
      await page.locator(`.entry[data-beat="${n}"]`).waitFor();
      // A component may be drawn some frames later, and only then has its height.
      await expect.poll(() => page.evaluate<number>(FROM_END)).toBeLessThan(2);
    }
  });
});

const FROM_END =
  "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.scroll-area'))";
const NEXT_FRAMES = 'new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))';
