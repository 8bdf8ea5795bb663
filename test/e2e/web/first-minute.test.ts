import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/engine/engine-options.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import {
  beatsIn,
  launchBrowser,
  noBrowser,
  openPageHouse,
  type PageHouse,
  say,
  waitForHook,
} from './page-house.ts';

describe.skipIf(noBrowser)('the first minute', () => {
  let browser: Browser;
  let house: PageHouse;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(() => house.close());
  afterAll(() => browser.close());

  test('ten seconds without a touch: three beats, and a thought that nobody in the scene hears', async () => {
    house = await openPageHouse(browser, { clock: wallClock });
    const { page, complaints } = await house.open();
    page.setDefaultTimeout(10_000);
    await Promise.all([
      page.locator('.entry[data-beat]').nth(2).waitFor(),
      page.locator('.thought:visible').waitFor(),
      page.getByRole('button', { name: 'Scripted demo', exact: true }).waitFor(),
    ]);
    expect(await page.locator('.thought:visible').textContent()).toMatch(/Only .+ knows this/);
    const thinker = page.locator('.entry', { has: page.locator('.thought:visible') });
    const beat = Number(await thinker.getAttribute('data-beat'));
    const scene = new URL(page.url()).hash.slice(1);
    const [thought] = await house.engine.backstage.thoughts(scene, beat);
    expect(await page.locator('.thought:visible p').textContent()).toBe(thought?.text);
    expect(complaints).toEqual([]);
  });

  test('a whisper: one mind holds it, the others reason without it, then real minds take over', async () => {
    const double = await startModelDouble();
    try {
      house = await openPageHouse(
        browser,
        offering(double, () => house),
      );
      const { page, complaints, wire } = await house.open();
      await waitForHook(page);

      const chip = page.locator('.chip[data-do=whisper]');
      const words = /: (.+)$/.exec((await chip.getAttribute('title')) ?? '')?.[1] ?? '';
      expect(words).not.toBe('');
      await chip.click();
      await page.locator('.whispered').getByText(words).waitFor();

      const knows = page.locator('.knowing .knows');
      const others = page.locator('.knowing .does-not');
      await knows.getByText(words).waitFor();
      await others.first().locator('blockquote').waitFor();
      for (const panel of await others.all()) expect(await panel.textContent()).not.toContain(words);
      const ignorant = await others.first().getAttribute('data-card');
      const scene = new URL(page.url()).hash.slice(1);
      const mind = await house.engine.backstage.mind(scene, ignorant ?? '');
      expect(JSON.stringify(mind)).not.toContain(words);

      await page.locator('.minds-bar').waitFor();
      await page.locator('.chips .chip').first().waitFor();
      const before = await beatsIn(page);
      const length = (await house.engine.info(scene))?.beats ?? 0;
      await page.getByRole('button', { name: 'Let double-1 play' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.textContent()).toMatch(/this machine[\s\S]*free/);
      await dialog.getByRole('button', { name: 'Yes, let it play' }).click();

      await page.locator(`.entry[data-beat="${length + 1}"]`).waitFor();
      await page.locator('.head').getByText('double-1').waitFor();
      await house.engine.idle(scene);
      const after = await beatsIn(page);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after[before.length]).toBe(length + 1);
      const log = await house.engine.replay(scene);
      expect(log.map(({ n }) => n).filter((n) => n > length)[0]).toBe(length + 1);

      const asked = double.prompts.length;
      await say(page, 'And what does everyone make of that?');
      await double.received(asked + 2);
      await house.engine.idle(scene);
      // Whoever chooses the next speaker sees what happens openly, and no whisper.
      const directing = double.prompts
        .map(({ body }) => JSON.stringify(body))
        .filter((body) => body.includes('json_schema'));
      expect(directing.length).toBeGreaterThan(0);
      for (const prompt of directing) expect(prompt).not.toContain(words);
      // What a line took is kept with it: to the first piece, to what could be seen, to the last.
      const last = page.locator('.entry', { has: page.getByRole('button', { name: 'Edit' }) }).last();
      await last.getByRole('button', { name: 'Why this line?' }).press('Enter');
      await page.locator('dialog .usage', { hasText: 'to be seen after' }).waitFor();
      const times = await page.evaluate<number[]>(
        "[...document.querySelector('dialog .usage .time').children].map((part) => Number(getComputedStyle(part).flexGrow))",
      );
      const { made } = wire.map((text) => JSON.parse(text)).findLast(({ type }) => type === 'why');
      const { msToFirst, msToVisible, msToLast } = made;
      expect(times).toEqual([msToFirst, msToVisible - msToFirst, msToLast - msToVisible]);
      expect(double.canaries.plan.length).toBeGreaterThan(0);
      for (const canary of double.canaries.plan) expect(wire.join()).not.toContain(canary);
      expect(complaints).toEqual([]);
    } finally {
      await double.close();
    }
  });
});

/** Time as it is: the one test here that is about seconds. */
const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};

/** Offers the double as a local server would be offered, and lets it play every part. */
function offering(double: ModelDouble, house: () => PageHouse): Parameters<typeof openPageHouse>[1] {
  return {
    offers: async () => [{ id: 'double', model: 'double-1', where: 'this machine', cost: 'free' }],
    connect: async () => {
      const model = createOpenAiModel(modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url }));
      house().engine.useModels({ actor: model, director: model, narrator: model });
      return { model: model.name };
    },
  };
}
