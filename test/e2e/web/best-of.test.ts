import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { herTurn } from '../../doubles/model/her-replies.ts';
import { candidatesIn } from '../../doubles/model/judge-answer.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { bestOfModels } from '../../support/best-of-models.ts';
import { launchBrowser, noBrowser, type OpenPage, openPageHouse, type PageHouse, say } from './page-house.ts';

const SCENE = 'web:inn';
const SCRIPT = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>';
const OWNER = { id: 'local', name: 'Guest' };

describe.skipIf(noBrowser)('a scene in which a judge chooses, with x-ray open', () => {
  let browser: Browser;
  let mind: ModelDouble;
  let house: PageHouse;
  let opened: OpenPage;
  /** What the judge answers, where it is not the double’s own answer. */
  let answers: ((request: RecordedRequest) => Reply | undefined) | undefined;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    mind = await startModelDouble({ script: (request) => answers?.(request) });
    house = await openPageHouse(browser, {
      engine: { models: bestOfModels(mind.url), limits: { bestOf: 3, gatherMs: 0 } },
    });
    await house.engine.start({
      id: SCENE,
      stage: 'web',
      owner: OWNER,
      title: 'The Inn',
      setting: 'A cold inn on the coast road.',
      cast: ['sherlock-holmes'],
      preset: 'called-only',
    });
    await house.engine.idle(SCENE);
    opened = await house.open();
    ({ page } = opened);
    await page.getByRole('switch', { name: 'X-ray' }).click();
    await say(page, 'Holmes, what do you make of the tracks?');
    await page.locator('.judged').waitFor();
  });
  afterAll(async () => {
    await house.close();
    await mind.close();
    await browser.close();
    expect(opened.complaints).toEqual([]);
  });

  const entry = () => page.locator('.entry', { has: page.locator('.swipe-bar') });

  test('the scene says that a judge chooses', async () => {
    await page.locator('.scene-note', { hasText: 'Best of 3: judge-1 chooses' }).waitFor();
  });

  test('what each draft took stands in words and as bars that fit the words', async () => {
    const usage = entry().locator('.xray-panel .usage').first();
    const words = (await usage.textContent()) ?? '';
    expect(words).toMatch(/\d+ tokens in.* · \d+ out.*first after \d+\.\d s · last after \d+\.\d s/);
    const [, tokensIn = '', cached = '0', out = ''] =
      /(\d+) tokens in(?: \((\d+) cached\))? · (\d+) out/.exec(words) ?? [];
    const shares = await page.evaluate<number[]>(
      "[...document.querySelector('.usage .tokens').children].map((part) => Number(getComputedStyle(part).flexGrow))",
    );
    expect(shares).toEqual([Number(cached), Number(tokensIn) - Number(cached), Number(out)]);
  });

  test('why a line was said, with the judge who chose it, and what it took', async () => {
    await entry().hover();
    await entry().getByRole('button', { name: 'Why this line?' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByText(/^by judge-1 among 3/).waitFor();
    expect(await dialog.locator('.usage').textContent()).toMatch(/\d+ tokens in.*last after \d+\.\d s/);
    await page.keyboard.press('Escape');
  });

  test('the verdict stands at the line: who over whom, by which principle, in one line', async () => {
    const panel = entry().locator('.judged');
    const headline = (await panel.locator('.headline').textContent()) ?? '';
    expect(headline).toMatch(/^3 candidates, chosen by judge-1 in \d+\.\d s: [ABC] over [ABC] for /);
    const judged = opened.wire.map((text) => JSON.parse(text)).find(({ type }) => type === 'judged')?.judged;
    expect(judged.matches).toHaveLength(2);
    expect(await panel.locator('.headline em').textContent()).toBe(judged.matches[1].deciding.name);
  });

  test('a match opens on the arguments for both sides, in both orders', async () => {
    const match = entry().locator('details.match').last();
    expect(await match.locator('.comparison').first().isVisible()).toBe(false);
    await match.locator('summary').focus();
    await page.keyboard.press('Enter');
    await match.locator('.comparison').first().waitFor();
    expect(await match.locator('.order').count()).toBe(2);
    const words = (await match.textContent()) ?? '';
    expect(mind.canaries.judge.filter((canary) => words.includes(canary))).toHaveLength(2);
    expect(await match.locator('.order').first().locator('.comparison p').count()).toBe(2);
  });

  test('candidates that lost are folded, and are the other versions of the line', async () => {
    const losers = entry().locator('details.candidate');
    expect(await losers.count()).toBe(2);
    expect(await losers.locator('.candidate-text').first().isVisible()).toBe(false);
    expect(await entry().locator('.xray-turn > .xray-panel').count()).toBe(2);
    await expect
      .poll(() => entry().locator('.version').allTextContents())
      .toEqual(['version 1/3, stands', 'version 2/3', 'version 3/3']);
    const asked = mind.prompts.length;
    const said = await entry().locator('.said').textContent();
    await page.getByRole('button', { name: 'Later version' }).click();
    await page.locator('.swipe-bar').getByText('2/3').waitFor();
    await expect.poll(() => entry().locator('.said').textContent()).not.toBe(said);
    await expect
      .poll(() => entry().locator('.version.stands').allTextContents())
      .toEqual(['version 2/3, stands']);
    await losers.first().locator('summary').first().click();
    const shown = ((await entry().locator('.said .speech').textContent()) ?? '').trim();
    expect(await losers.first().locator('.candidate-text').textContent()).toContain(shown);
    expect(mind.prompts.length).toBe(asked);
    await page.getByRole('button', { name: 'Earlier version' }).click();
    await page.locator('.swipe-bar').getByText('1/3').waitFor();
  });

  test('“Why this?” names the principle and the judge, and quotes neither judge nor thought', async () => {
    const name = (await entry().locator('.headline em').textContent()) ?? 'none';
    await say(page, '/why');
    const reply = page.locator('.aside .reply', { hasText: 'judge-1' });
    await reply.waitFor();
    const words = (await reply.textContent()) ?? '';
    expect(words).toContain(name);
    for (const canary of mind.canaries.judge) expect(words).not.toContain(canary);
    for (const { canary } of mind.canaries.thought) expect(words).not.toContain(canary);
  });

  test('a thumb counts once its player said so, and not before', async () => {
    const good = entry().getByRole('button', { name: 'Good line', exact: true });
    await entry().hover();
    await good.click();
    const toast = page.locator('.toast', { hasText: 'Not counted' });
    await toast.waitFor();
    expect(await good.getAttribute('aria-pressed')).toBe('false');
    expect(await house.engine.choices.of(OWNER.id)).toEqual([]);
    await toast.getByRole('button', { name: 'Count my choices…' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.aside .reply', { hasText: 'Your choices are counted' }).waitFor();
    await page.locator('.scene-note', { hasText: 'are counted for Guest' }).waitFor();
    await entry().hover();
    await good.click();
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('true');
    expect(await house.engine.choices.of(OWNER.id)).toMatchObject([{ what: 'up' }]);
    await good.click();
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('false');
    expect(await house.engine.choices.of(OWNER.id)).toEqual([]);
  });

  test('the scene can be looked over', async () => {
    const asides = await page.locator('.aside .reply').count();
    await say(page, '/scene report');
    await expect.poll(() => page.locator('.aside .reply').count()).toBe(asides + 1);
    const report = (await page.locator('.aside .reply').last().textContent()) ?? '';
    expect(report).not.toMatch(/CANARY/);
  });

  /** Holmes answers once more, chosen by a judge who answers so: its panel. */
  async function chosenBy(judge: typeof answers) {
    answers = (request) => (request.body.model === 'judge-1' ? judge?.(request) : undefined);
    const panels = page.locator('.judged');
    const before = await panels.count();
    await say(page, `Holmes, and then? (${before})`);
    await panels.nth(before).waitFor();
    answers = undefined;
    return panels.nth(before);
  }

  test('what no judge could decide is said plainly, and the first draft goes on', async () => {
    const panel = await chosenBy(() => 'I like both of them a lot.');
    const headline = panel.locator('.headline');
    expect(await headline.textContent()).toMatch(/: no verdict on [ABC] and [ABC], [ABC] goes on$/);
    expect(await panel.locator('.fault').allTextContents()).toContain(
      'No answer could be used: it was prose.',
    );
  });

  test('a fault stands before all arguments; text that would be code is text', async () => {
    const panel = await chosenBy((request) => {
      const [first, second] = candidatesIn(request) ?? [];
      if (!first || !second) return undefined;
      const worse = first.text < second.text ? first.label : second.label;
      const better = worse === first.label ? second.label : first.label;
      const principle = `No ${SCRIPT}`;
      return JSON.stringify({
        violations: [{ principle: 'assistant-voice', evidence: SCRIPT, by: worse }],
        comparisons: [{ principle, [worse]: SCRIPT, [better]: `Better ${SCRIPT}`, better, degree: 'slight' }],
        reason: SCRIPT,
        better,
      });
    });
    await panel.locator('.headline em', { hasText: 'Assistant Voice' }).waitFor();
    await panel.locator('details.match').first().locator('summary').click();
    const order = panel.locator('.order').first();
    expect(await order.locator('.violation').textContent()).toMatch(/^✗ [ABC] breaks Assistant Voice: /);
    expect(await order.locator('> *').nth(1).getAttribute('class')).toBe('violation');
    expect(await page.locator('#app img[src=x], #app script').count()).toBe(0);
    expect(await page.evaluate('window.owned')).toBeUndefined();
  });

  test('a remark of continuity stands in the draft, and small at the line', async () => {
    answers = ({ body }) =>
      body.model === 'actor-1'
        ? herTurn({ plan: 'Refuse.', speech: 'Well. Would you like me to continue the story?' })
        : undefined;
    await say(page, 'Holmes, who are you?');
    const line = page.locator('.entry', { hasText: 'continue the story' });
    await line.locator('.line-marks', { hasText: 'assistant’s voice' }).waitFor();
    // Three drafts of the same words are one: there was nothing to judge, and the line's own stands open.
    const panels = line.locator('.xray-turn > .xray-panel');
    expect(await panels.first().textContent()).toContain('Continuity');
    expect(await panels.last().locator('summary').textContent()).toBe('2 other drafts');
    expect(await line.locator('.judged').count()).toBe(0);
    answers = undefined;
  });

  test('switched off, nothing of it is left on the page; nobody else’s prompt held a judge’s words', async () => {
    await page.getByRole('switch', { name: 'X-ray' }).click();
    await expect.poll(() => page.locator('.judged, .xray-panel, .line-marks').count()).toBe(0);
    // Plans that were traced are in what `/why` replied.
    expect(await page.locator('body').textContent()).not.toContain('JUDGE-CANARY');
    expect((await page.locator('.entry').allTextContents()).join()).not.toContain('PLAN-CANARY');
    const prompts = mind.prompts.map(({ promptText }) => promptText).join('\n');
    expect(prompts).not.toMatch(/JUDGE-CANARY|PLAN-CANARY/);
  });
});
