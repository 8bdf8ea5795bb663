import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { coserReport } from '../../../src/lab/report/coser-report.ts';
import { reportHtml } from '../../../src/lab/report/html/report-html.ts';
import type { ReportData } from '../../../src/lab/report/report-data.ts';
import { hostileReport, THOUGHT } from '../../support/hostile-report.ts';
import { sampleRun } from '../../support/sample-run.ts';
import { launchBrowser, noBrowser } from '../web/page-house.ts';

describe.skipIf(noBrowser)('the report as a page', () => {
  let browser: Browser;
  let folder: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'dramatis-report-'));
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function open(
    data: ReportData,
    options: Parameters<Browser['newContext']>[0] = {},
    change = (page: string) => page,
  ): Promise<Page> {
    const path = join(folder, 'report.html');
    await writeFile(path, change(reportHtml(data)));
    const page = await (await browser.newContext(options)).newPage();
    const { href } = pathToFileURL(path);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('data:') && url.split('#')[0] !== href) complaints.push(`request to ${url}`);
    });
    await page.goto(href);
    return page;
  }

  /** Everything a reader could open. */
  async function openAll(page: Page): Promise<void> {
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  }

  test('what scenes and models wrote is text: nothing runs, nothing is fetched', async () => {
    const page = await open(hostileReport());
    await openAll(page);
    await page.locator('#xray').check();
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(
      await page.evaluate(
        "document.querySelectorAll('script, img, iframe, form, object, [onclick], [onerror], [style]').length",
      ),
    ).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('style').length")).toBe(1);
    expect(await page.locator('.said', { hasText: 'onerror' }).count()).toBeGreaterThan(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  });

  test('even a script that got into it would not run, and nothing would leave', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked += 1;
      answer.end('window.owned=1');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const code = `<script>window.owned=1</script><script src="http://127.0.0.1:${port}/a"></script><img src="http://127.0.0.1:${port}/b"><p onclick="window.owned=1" id="bait">click</p></body>`;
    const page = await open(hostileReport(), {}, (text) => text.replace('</body>', code));
    await page.locator('#bait').click();
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(asked).toBe(0);
    server.close();
    const refused = complaints.splice(0).filter((one) => one.includes('Content Security Policy'));
    expect(refused.length).toBeGreaterThanOrEqual(4);
  });

  test('marks that turn text turn nothing that stands beside them', async () => {
    const page = await open(hostileReport());
    const shown = await page.evaluate<string>('document.body.textContent');
    expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
  });

  test('x-ray is off at first: thoughts are neither drawn nor read out until it is on', async () => {
    const page = await open(hostileReport());
    await openAll(page);
    const thoughts = page.locator('.thought');
    expect(await thoughts.count()).toBeGreaterThan(1);
    const visible = async () => (await thoughts.all()).map((one) => one.isVisible());
    expect(await Promise.all(await visible())).not.toContain(true);
    expect(await page.evaluate<string>('document.body.innerText')).not.toContain(THOUGHT);
    expect(await page.locator('body').ariaSnapshot()).not.toContain(THOUGHT);
    await page.emulateMedia({ media: 'print' });
    expect(await Promise.all(await visible())).not.toContain(true);
    await page.emulateMedia({ media: 'screen' });

    await page.getByRole('checkbox', { name: 'X-ray' }).check();
    expect(await Promise.all(await visible())).not.toContain(false);
    expect(await page.locator('body').ariaSnapshot()).toContain(THOUGHT);
  });

  test('the keyboard reaches the switch, every scene and its flaws', async () => {
    const { result, transcripts } = sampleRun(3);
    const page = await open(coserReport(result, transcripts));
    await page.locator('#xray').focus();
    await page.keyboard.press('Space');
    expect(await page.locator('#xray').isChecked()).toBe(true);
    const scene = page.locator('details.scene').nth(1);
    await scene.locator('> summary').focus();
    await page.keyboard.press('Enter');
    await scene.locator('.turns .thought').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await scene.locator('details.inner').getAttribute('open')).not.toBeNull();
  });

  test('a link of the index opens its scene', async () => {
    const { result, transcripts } = sampleRun(4);
    const page = await open(coserReport(result, transcripts));
    await page.locator('.index > summary').click();
    await page.locator('.index a').nth(2).click();
    await page.locator('#scene-3 .turns').waitFor();
    expect(await page.locator('details.scene[open]').count()).toBe(1);
  });

  test.each([360, 768, 1280])('nothing scrolls sideways at %i px, whatever is in it', async (width) => {
    const page = await open(hostileReport(), { viewport: { width, height: 800 } });
    await openAll(page);
    await page.locator('#xray').check();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test.each(['dark', 'light'] as const)('words stand out from their ground (%s)', async (colorScheme) => {
    const { result, transcripts } = sampleRun(18);
    const page = await open(coserReport(result, transcripts), { colorScheme });
    await openAll(page);
    await page.locator('#xray').check();
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  test('on paper it is dark on white, whatever the reader’s screen is like', async () => {
    const { result, transcripts } = sampleRun(3);
    const page = await open(coserReport(result, transcripts), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await openAll(page);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  test('it has landmarks, headings in order, and tables with captions and heads', async () => {
    const { result, transcripts } = sampleRun(3);
    const page = await open(coserReport(result, transcripts));
    await openAll(page);
    for (const role of ['main', 'banner', 'navigation'] as const) {
      expect(await page.getByRole(role).count()).toBe(1);
    }
    expect(await page.evaluate("document.querySelectorAll('table:not(:has(caption))').length")).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('th:not([scope])').length")).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('svg:not([aria-hidden])').length")).toBe(0);
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((one) => Number(one.tagName[1]))",
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map((one) => one.id)");
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Texts whose contrast with what lies behind them is below WCAG’s 4.5 (3 for large ones). */
const LOW_CONTRAST = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('style, .unseen')) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(channels(style.color)), luminance(groundOf(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const isLarge = parseFloat(style.fontSize) >= 24;
    if (contrast < (isLarge ? 3 : 4.5)) low.add(element.tagName + '.' + element.className + ' ' + contrast.toFixed(2));
  }
  return [...low];
})()`;
