import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, openPageHouse, type PageHouse, waitForHook } from '../web/page-house.ts';

/**
 * What a page of somebody else can try in the browser of a person whose stage is open: another port of this
 * machine is another origin, and a name of its own that leads to this machine is DNS rebinding.
 */
describe.skipIf(noBrowser)('a hostile page', () => {
  let browser: Browser;
  let house: PageHouse;
  let evil: Server;
  let page: Page;
  let evilUrl: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>evil</title><body></body>');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    house = await openPageHouse(browser);
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(evilUrl);
  });
  afterEach(async () => {
    await page.context().close();
    await house.close();
  });
  afterAll(async () => {
    await browser.close();
    evil.close();
    evil.closeAllConnections();
  });

  test('reads nothing of the stage', async () => {
    for (const path of ['/', '/page/main.ts', '/avatar/mr-darcy', '/narrator.svg']) {
      const read = await page.evaluate<string>(
        `fetch(${JSON.stringify(house.url + path)}).then((response) => response.text(), () => 'refused')`,
      );
      expect([path, read]).toEqual([path, 'refused']);
    }
  });

  test('learns not even whether a character is there: no picture, script or style of it loads', async () => {
    for (const [tag, attribute, path] of [
      ['img', 'src', '/avatar/mr-darcy'],
      ['script', 'src', '/page/main.ts'],
      ['link rel=stylesheet', 'href', '/page/base.css'],
    ] as const) {
      const outcome = await page.evaluate<string>(`new Promise((resolve) => {
        document.body.innerHTML = '';
        const [name, extra] = ${JSON.stringify(tag)}.split(' ');
        const element = document.createElement(name);
        if (extra) element.rel = 'stylesheet';
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.${attribute} = ${JSON.stringify(house.url + path)};
        document.body.append(element);
      })`);
      expect([tag, outcome]).toEqual([tag, 'refused']);
    }
  });

  test('puts it into no frame', async () => {
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = resolve;
      frame.src = ${JSON.stringify(house.url)};
      document.body.append(frame);
    })`);
    const frame = page.frames().at(-1);
    expect(await frame?.locator('meta[name=dramatis-token]').count()).toBe(0);
  });

  test('opens no socket, also with a token that it guessed', async () => {
    const address = `${house.url.replace('http', 'ws')}/stage`;
    const outcome = await page.evaluate<string>(`new Promise((resolve) => {
      const socket = new WebSocket(${JSON.stringify(address)}, ['dramatis.v0', 'x'.repeat(43)]);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })`);
    expect(outcome).toBe('refused');
  });

  test('sends no form that does anything', async () => {
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url().startsWith(house.url)),
      page.evaluate(`(() => {
        const form = document.createElement('form');
        form.method = 'POST';
        form.action = ${JSON.stringify(`${house.url}/`)};
        document.body.append(form);
        form.submit();
      })()`),
    ]);
    expect(response.status()).toBe(403);
  });

  test('under a name of its own that leads to this machine it is still a stranger', async () => {
    const rebinding = await launchBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    try {
      const rebound = await rebinding.newPage();
      const response = await rebound.goto(`http://evil.example:${new URL(house.url).port}/`);
      expect(response?.status()).toBe(403);
      expect(await rebound.content()).not.toContain('dramatis-token');
    } finally {
      await rebinding.close();
    }
  });

  test('the stage’s own page meanwhile runs, and its policy is broken by nothing of its own', async () => {
    const own = await house.open();
    await waitForHook(own.page);
    expect(own.complaints).toEqual([]);
    // The policy is at work: what is put in by hand is refused, and the browser says so.
    const refused = await own.page.evaluate<string[]>(`new Promise((resolve) => {
      const seen = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        seen.push(event.effectiveDirective);
        if (seen.length === 4) resolve(seen.sort());
      });
      const style = document.createElement('style');
      style.append('body { color: red }');
      document.head.append(style);
      const picture = document.createElement('img');
      picture.src = 'https://evil.example/';
      document.body.append(picture);
      try { picture.setAttribute('onerror', 'window.owned = 1'); } catch {}
      try { document.body.innerHTML = '<b>markup</b>'; } catch {}
    })`);
    expect(refused).toEqual([
      'img-src',
      'require-trusted-types-for',
      'require-trusted-types-for',
      'style-src-elem',
    ]);
    expect(await own.page.evaluate('window.owned')).toBeUndefined();
  });
});
