import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createModelOffers } from '../../../src/cli/start/model-offers.ts';
import { namedModelsOnPage } from '../../../src/cli/start/named-models.ts';
import { createGgufFiles } from '../../../src/model/gguf/gguf-files.ts';
import { createModelLibrary } from '../../../src/model/gguf/named/model-library.ts';
import type { Connect } from '../../../src/stage/web/house.ts';
import { type Mirror, namedModel, startMirror } from '../../doubles/gguf/mirror.ts';
import { createStandIn, type StandIn } from '../../unit/model/gguf/stand-in.ts';
import { axeViolations } from './axe.ts';
import {
  launchBrowser,
  noBrowser,
  type OpenPage,
  openPageHouse,
  type PageHouse,
  waitForHook,
} from './page-house.ts';

/** More than what a socket holds at once. */
const CONTENT = Buffer.alloc(3_000_000, 'GGUF of this test, ');
const MODEL = namedModel(CONTENT);
const INSTALL = 'To play a GGUF file in this process, install what it takes: npm i node-llama-cpp';

describe.skipIf(noBrowser)('a named model, from the page', () => {
  let browser: Browser;
  let mirror: Mirror;
  let folder: string;
  let house: PageHouse;
  let opened: OpenPage;
  let standIn: StandIn;
  let end = () => {};
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    mirror = await startMirror(CONTENT);
    folder = await mkdtemp(join(tmpdir(), 'dramatis-models-'));
  });
  afterEach(async () => {
    end();
    await house.close();
    for (const close of closing.splice(0)) await close();
    await mirror.close();
    await rm(folder, { recursive: true });
    expect(opened.complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  /** The page of a house whose models come from the mirror, with the models’ window open. */
  async function atTheModels(install?: string, options?: Parameters<PageHouse['open']>[0]): Promise<Page> {
    const ending = new AbortController();
    end = () => ending.abort();
    const { signal } = ending;
    const toInstall = async () => install;
    const named = createModelLibrary({ models: [MODEL], base: mirror.url, folder, signal, toInstall });
    standIn = createStandIn();
    const files = createGgufFiles(standIn.host);
    closing.push(files.close);
    // Models of this machine are nobody’s business here: the ports of other servers are not asked.
    const connect: Connect = (choice) =>
      createModelOffers(house.engine, { understudyForced: true }, signal, { named, files }).connect(choice);
    house = await openPageHouse(browser, {
      models: namedModelsOnPage(named),
      offers: async () => [{ id: 'gguf/tiny', model: MODEL.name, where: 'this machine', cost: 'free' }],
      connect,
    });
    opened = await house.open(options);
    await waitForHook(opened.page);
    await opened.page.locator('.minds-pill').click();
    await opened.page.getByRole('heading', { name: 'A small model on this machine' }).waitFor();
    return opened.page;
  }

  const named = (page: Page) => page.locator('.named-models li');
  const press = (page: Page, name: string) => named(page).getByRole('button', { name }).click();
  const says = (page: Page, words: string) => named(page).getByText(words).waitFor();

  test('asked for, agreed to, followed and played', async () => {
    const page = await atTheModels();
    const text = await named(page).textContent();
    for (const fact of ['Tiny Instruct', '3 MB', 'Apache-2.0', 'this machine']) expect(text).toContain(fact);
    await press(page, 'Download Tiny Instruct…');
    const host = new URL(mirror.url).host;
    await says(page, `Download Tiny Instruct (3 MB, Apache-2.0) from ${host}? It is kept in data/models.`);
    expect(await axeViolations(page)).toEqual([]);
    await press(page, 'Not now');
    await press(page, 'Download Tiny Instruct…');
    // Nothing went anywhere, and nothing is there, until somebody said yes.
    expect([mirror.requests, readdirSync(folder)]).toEqual([[], []]);

    mirror.fault({ holdAfter: 1_500_000 });
    await press(page, 'Yes, download it');
    const bar = page.getByRole('progressbar', { name: 'Download of Tiny Instruct' });
    await bar.waitFor();
    await expect
      .poll(() => bar.evaluate((one) => (one as unknown as { position: number }).position))
      .toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] });
    mirror.release();
    await says(page, 'Tiny Instruct is here, whole and as it should be.');
    expect(readdirSync(folder)).toEqual([MODEL.file]);
    expect(mirror.requests).toHaveLength(1);

    await press(page, 'Use Tiny Instruct');
    await page.getByRole('button', { name: 'Yes, let it play' }).click();
    const asked = await standIn.next();
    asked.say('ready');
    asked.end();
    await page.getByText('From here on, Tiny Instruct plays. Same scene, same line.').waitFor();
    expect(house.engine.models().actor?.name).toBe('Tiny Instruct');
    // The next turn is the model’s.
    expect((await standIn.next()).request.messages.length).toBeGreaterThan(0);
  });

  test('cut off midway: told, and gone on with where it ended', async () => {
    const page = await atTheModels();
    mirror.fault({ cutAfter: 1_500_000 });
    await press(page, 'Download Tiny Instruct…');
    await press(page, 'Yes, download it');
    await says(page, 'The download of Tiny Instruct broke off after');
    await says(page, 'of it here');
    await press(page, 'Go on with Tiny Instruct…');
    await press(page, 'Yes, download it');
    await says(page, 'whole and as it should be');
    expect(mirror.requests[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('stopped, also from another tab, and gone on with', async () => {
    const page = await atTheModels();
    mirror.fault({ holdAfter: 1_500_000 });
    await press(page, 'Download Tiny Instruct…');
    await press(page, 'Yes, download it');
    const bar = page.getByRole('progressbar');
    await bar.waitFor();
    const second = await house.open();
    await second.page.locator('.minds-pill').click();
    await second.page.getByRole('progressbar', { name: 'Download of Tiny Instruct' }).waitFor();
    await press(second.page, 'Stop the download of Tiny Instruct');
    await says(page, 'Stopped. What came is kept.');
    await bar.waitFor({ state: 'detached' });
    await named(second.page).getByRole('button', { name: 'Go on with Tiny Instruct…' }).waitFor();
    await press(page, 'Go on with Tiny Instruct…');
    await press(page, 'Yes, download it');
    await says(page, 'whole and as it should be');
    expect(second.complaints).toEqual([]);
  });

  test('a wrong hash: deleted, and said', async () => {
    const page = await atTheModels();
    mirror.serve(Buffer.alloc(CONTENT.byteLength, 'something else'));
    await press(page, 'Download Tiny Instruct…');
    await press(page, 'Yes, download it');
    await says(page, 'Tiny Instruct came with another SHA-256 than it should have, and was deleted');
    expect(readdirSync(folder)).toEqual([]);
    await named(page).getByRole('button', { name: 'Download Tiny Instruct…' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a file that is not there any more: said', async () => {
    const page = await atTheModels();
    mirror.fault({ status: 404 });
    await press(page, 'Download Tiny Instruct…');
    await press(page, 'Yes, download it');
    await says(page, 'has no Tiny Instruct where it is looked for (404)');
  });

  test('on a phone, without what plays them: one line on what to install, and nothing to download', async () => {
    const page = await atTheModels(INSTALL, { viewport: { width: 375, height: 720 }, colorScheme: 'light' });
    await page.getByText(INSTALL).waitFor();
    expect(await named(page).getByRole('button').count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(mirror.requests).toEqual([]);
  });
});
