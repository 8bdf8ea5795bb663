import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { agreementFigures, type JudgedTurn } from '../../../src/lab/gates/agreement/figures.ts';
import { gatesHtml } from '../../../src/lab/gates/report/gates-html.ts';
import { gatesMarkdown } from '../../../src/lab/gates/report/gates-markdown.ts';
import type { GatesReport } from '../../../src/lab/gates/report/gates-report.ts';
import { surveyRecords } from '../../../src/lab/gates/survey/survey-records.ts';
import { passGates, verdictOf } from '../../../src/lab/gates/table/gate.ts';
import { GATES } from '../../../src/lab/gates/table/gates.ts';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import type { ReadRecord } from '../../../src/lab/synth/run/records.ts';
import { plannedConversations } from '../../integration/lab/gates-data.ts';
import { launchBrowser, noBrowser } from '../web/page-house.ts';

const HOSTILE =
  '<script>window.owned=1</script><img src="http://127.0.0.1:9/x" onerror="window.owned=1">\u202E';

async function* read(records: readonly Conversation[]): AsyncGenerator<ReadRecord> {
  for (const [at, record] of records.entries()) yield { line: at + 1, record };
  yield { line: records.length + 1, fault: `it is no JSON: ${HOSTILE}` };
}

/** With something in every part of it, and markup in all that comes from files and models. */
async function sampleReport(): Promise<GatesReport> {
  const records = plannedConversations(30).map((record, at) => ({
    ...record,
    id: at === 0 ? `${HOSTILE} and ${'long'.repeat(60)}` : record.id,
    turns: record.turns.map((turn) =>
      turn.id === 3 && at < 3 ? { ...turn, plan: `${turn.plan} ${HOSTILE}` } : turn,
    ),
  }));
  const survey = await surveyRecords(read(records), {
    seed: 1,
    faultsOf: (turn) => [
      ...(turn.plan?.includes('script') ? [{ why: 'plan-knows-too-much', layer: 'plan' }] : []),
      ...(turn.id === 4 ? [{ why: 'not-canonical', layer: 'turn' }] : []),
    ],
  });
  const turns = Array.from(
    { length: 30 },
    (_, at): JudgedTurn => ({
      conversation: `c${at % 7}`,
      answers: new Map([
        ['plan-leads', [1, at % 5 === 0 ? 0 : 1, at % 3 === 0 ? undefined : 1]],
        ['thought-in-character', [1 + (at % 5), 5 - (at % 2), 4]],
      ]),
    }),
  );
  const agreement = agreementFigures(turns, ['judge-a', 'judge-b', HOSTILE], 1);
  const steps = [
    { name: 'load', in: 40, out: 36, rejected: 4, rejects: { 'no-turns': 4 }, counts: {} },
    { name: 'plan', in: 36, out: 30, rejected: 6, rejects: { 'no-answer': 6, [HOSTILE]: 2 }, counts: {} },
  ];
  const gates = passGates(GATES, { survey, steps, agreement }, new Map([['alike-turns', 'off']]));
  return {
    ...{ format: 1, version: '0.0.0', data: `data/${HOSTILE}.jsonl`, seed: 1 },
    ...{ verdict: verdictOf(gates), gates, survey, steps, agreement },
  };
}

describe.skipIf(noBrowser)('the report of the gates as a page', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'dramatis-gates-'));
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    const path = join(folder, 'gates.html');
    await writeFile(path, gatesHtml(await sampleReport()));
    page = await (await browser.newContext(options)).newPage();
    const { href } = pathToFileURL(path);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== href) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(href);
  }

  const openAll = () =>
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");

  test('what files and models wrote is text: nothing runs, nothing is fetched, nothing turns', async () => {
    await open();
    await openAll();
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(
      await page.evaluate(
        "document.querySelectorAll('script, img, iframe, form, [onerror], [style]').length",
      ),
    ).toBe(0);
    const shown = await page.evaluate<string>('document.body.textContent');
    expect(shown).toContain('onerror');
    expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
  });

  test('examples are folded at first, and say that they hold hidden layers', async () => {
    await open();
    const hidden = page.locator('.hidden-layer').first();
    expect(await hidden.isVisible()).toBe(false);
    expect(await page.locator('.verdict').textContent()).toContain('hidden layers');
    await page.locator('.folded > summary').first().click();
    expect(await hidden.isVisible()).toBe(true);
    expect(await page.locator('.folded .label').first().textContent()).toBe('plan');
  });

  test('every gate says why and how, with the keyboard too', async () => {
    await open();
    expect(await page.locator('.gate').count()).toBe(GATES.length);
    const leaks = page.locator('.gate', { hasText: 'Turns that tell what they must not' });
    expect(await leaks.locator('.state').textContent()).toBe('fails');
    await leaks.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await leaks.locator('.gate-body').textContent()).toContain('--gate leaks=');
  });

  test.each([320, 360, 768, 1280])('nothing scrolls sideways at %i px', async (width) => {
    await open({ viewport: { width, height: 800 } });
    await openAll();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test.each(['dark', 'light'] as const)('words stand out from their ground (%s)', async (colorScheme) => {
    await open({ colorScheme });
    await openAll();
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  test('it has landmarks, headings in order, tables with captions, ids once, links that lead somewhere', async () => {
    await open();
    await openAll();
    for (const role of ['main', 'banner', 'navigation'] as const) {
      expect(await page.getByRole(role).count()).toBe(1);
    }
    expect(
      await page.evaluate("document.querySelectorAll('table:not(:has(caption)), th:not([scope])').length"),
    ).toBe(0);
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map((one) => one.id)");
    expect(new Set(ids).size).toBe(ids.length);
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a')].map((one) => one.hash.slice(1))",
    );
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(['gates', 'checks', 'patterns', 'agreement', 'rejects']));
  });
});

test('the report as text: what files and models wrote makes no markup', async () => {
  const text = gatesMarkdown(await sampleReport());
  expect(text).not.toMatch(/(?<!\\)<(?:script|img)/u);
  const rows = text.split('\n').filter((one) => one.startsWith('|'));
  expect(rows.length).toBeGreaterThan(GATES.length);
  for (const table of text
    .trimEnd()
    .split('\n\n')
    .filter((one) => one.startsWith('|'))) {
    const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/u).length);
    expect(new Set(cells).size).toBe(1);
  }
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
