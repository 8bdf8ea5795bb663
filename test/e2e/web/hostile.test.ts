import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  dropFile,
  launchBrowser,
  noBrowser,
  type OpenPage,
  openPageHouse,
  type PageHouse,
  say,
  waitForHook,
} from './page-house.ts';

const SCRIPT = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>';

describe.skipIf(noBrowser)('text that would be code', () => {
  let browser: Browser;
  let house: PageHouse;
  let opened: OpenPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    house = await openPageHouse(browser);
    opened = await house.open();
    await waitForHook(opened.page);
  });
  afterEach(async () => {
    const owned = await opened.page.evaluate('window.owned');
    const { complaints } = opened;
    await house.close();
    expect(owned).toBeUndefined();
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  test('in a line it is text', async () => {
    const { page } = opened;
    await say(page, `Look: ${SCRIPT} and [a link](javascript:alert(1)) and *<b>bold</b>*`);
    const line = page.locator('.entry .said', { hasText: 'Look:' });
    await line.waitFor();
    expect(await line.textContent()).toContain('onerror');
    expect(await line.locator('img, script, a, b').count()).toBe(0);
  });

  test('in whatever the stage is handed it is text', async () => {
    const { page } = opened;
    const scene = new URL(page.url()).hash.slice(1);
    const record = (await house.engine.info(scene))?.record;
    if (!record) throw new Error('no scene');
    const speaker = { id: 'character:mr-darcy', name: SCRIPT };
    const { signal } = new AbortController();
    const segments = [
      { kind: 'action' as const, text: SCRIPT },
      { kind: 'speech' as const, text: `**${SCRIPT}** \`${SCRIPT}\`` },
    ];
    const at = Date.now();
    for (const [i, kind] of (
      ['line', 'narration', 'entrance', 'exit', 'setting', 'time'] as const
    ).entries()) {
      await house.stage.show(record, { n: 900 + i, at, kind, speaker, segments }, signal);
    }
    house.stage.typing(record, speaker);
    house.stage.partial(record, 't', speaker, { kind: 'speech', text: SCRIPT });
    await house.stage.notice(record, { kind: 'info', text: SCRIPT });
    await page.locator('.notice-info').waitFor();
    await page.locator('.typing', { hasText: 'onerror' }).waitFor();
    await page.locator('.streaming', { hasText: 'onerror' }).waitFor();
    expect(await page.locator('.entry', { hasText: 'onerror' }).count()).toBeGreaterThan(5);
    expect(await page.locator('#app img[src=x], #app script').count()).toBe(0);
    house.stage.withdraw(record, 't');
    await expect.poll(() => page.locator('.streaming').count()).toBe(0);
  });

  test('in a persona, a title and a setting it is text', async () => {
    const { page } = opened;
    await page.locator('.persona').click();
    await page.getByLabel('Your name in the scene').fill('<b onclick=alert(1)>Mara</b>');
    await page.getByRole('button', { name: 'Play as this' }).click();
    await page.getByRole('button', { name: 'Start another scene' }).click();
    await page.getByLabel('Where and when does it play?').fill(`An inn. ${SCRIPT}`);
    await page.getByRole('button', { name: 'Start the scene' }).click();
    await page.locator('.scene-card .setting').getByText('An inn.').waitFor();
    await say(page, 'Good evening.');
    await page.locator('.entry', { hasText: 'Good evening.' }).waitFor();
    expect(await page.locator('.scene-card img[src=x], #app script, #app b').count()).toBe(0);
  });

  test('in a card that is dropped it is text, in the gallery, in the scene and in its lines', async () => {
    const { page } = opened;
    await dropCard(page, 'eve.json', {
      name: 'Eve',
      description: `Says ${SCRIPT}`,
      first_mes: `Hello ${SCRIPT}`,
    });
    await page.getByRole('status').getByRole('button', { name: 'Summon now' }).click();
    await page.locator('.entry .said', { hasText: 'Hello' }).waitFor();
    await page.getByRole('button', { name: 'Summon someone' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: /^Eve/ }).waitFor();
    expect(await page.locator('#app img[src=x], dialog img[src=x], #app script').count()).toBe(0);
  });

  test('a card dropped on the page can be summoned at once', async () => {
    const { page } = opened;
    await dropCard(page, 'ada.json', {
      name: 'Ada Byron',
      description: 'A mathematician with a sharp tongue.',
      first_mes: '*closes the notebook* You are late. The numbers were not.',
      mes_example: '<START>\n{{char}}: *taps the page* It proves itself.',
    });
    await page.getByRole('status').getByText('Ada Byron is in the gallery.').waitFor();
    await page.getByRole('button', { name: 'Summon now' }).click();
    await page.locator('discord-message[author="Ada Byron"]').getByText('The numbers were not.').waitFor();
    await page.locator('.cast summary', { hasText: 'Ada Byron' }).waitFor();
    const completed = page.getByRole('listbox').getByText(/Ada Byron/);
    await page.getByLabel('Say something in the scene').fill('/dismiss Ada');
    await completed.waitFor();
  });

  test('what is no card says so', async () => {
    const { page } = opened;
    await dropFile(page, 'notes.json', '{"shopping":["milk"]}');
    await page
      .getByRole('status')
      .getByText(/notes\.json/)
      .waitFor();
    await dropCard(page, `${SCRIPT.replaceAll('/', '')}.json`, { name: SCRIPT });
    await page
      .getByRole('status')
      .getByText(/may not hold/)
      .waitFor();
    await dropFile(page, 'empty.png', '');
    await page.getByRole('status').getByText('empty.png is empty.').waitFor();
  });
});

async function dropCard(page: Page, name: string, data: Record<string, unknown>): Promise<void> {
  const card = { spec: 'chara_card_v2', spec_version: '2.0', data: { ...empty, ...data } };
  await dropFile(page, name, JSON.stringify(card));
}

const empty = {
  name: '',
  description: '',
  personality: '',
  scenario: '',
  first_mes: '',
  mes_example: '',
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: [],
  tags: [],
  creator: '',
  character_version: '',
  extensions: {},
};
