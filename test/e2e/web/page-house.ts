import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { openLibrary } from '../../../src/cast/library/library.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Undefined where there is a browser; else why these tests are skipped. */
export const noBrowser = existsSync(EXECUTABLE)
  ? undefined
  : 'skipped: no Chromium (apt-get install chromium, or set CHROMIUM to its path)';
if (noBrowser) console.warn(`test/e2e/web ${noBrowser}`);

export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** The shipped cast and scenes, the real engine, and a folder for own cards that goes with it. */
export type PageHouse = WebHouse & {
  open(options?: Parameters<Browser['newContext']>[0]): Promise<OpenPage>;
  /** What any of its pages complained of so far. */
  complaints(): string[];
  /** Ends stage and engine, and leaves the open pages to wait. */
  stop(): Promise<void>;
};

export type OpenPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of: errors, refused by policy, requests to elsewhere. */
  readonly complaints: string[];
  /** Everything the stage sent to this page over its socket. */
  readonly wire: string[];
};

export async function openPageHouse(
  browser: Browser,
  options: Parameters<typeof openWebHouse>[1] = {},
): Promise<PageHouse> {
  const ownDir = await mkdtemp(join(tmpdir(), 'dramatis-cards-'));
  const shippedDir = fileURLToPath(new URL('../../../characters', import.meta.url));
  const library = await openLibrary({ shippedDir, ownDir });
  const house = await openWebHouse(library, options);
  const pages: OpenPage[] = [];
  return {
    ...house,
    async open(contextOptions = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...contextOptions });
      const page = await context.newPage();
      page.setDefaultTimeout(12_000);
      const opened = { page, context, complaints: [] as string[], wire: [] as string[] };
      pages.push(opened);
      watch(opened, house.url);
      await page.goto(house.url);
      return opened;
    },
    complaints: () => pages.flatMap(({ complaints }) => complaints),
    stop: house.close,
    async close() {
      for (const { context } of pages) await context.close();
      await house.close();
      await library.close();
      await rm(ownDir, { recursive: true });
    },
  };
}

function watch({ page, complaints, wire }: OpenPage, url: string): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_REFUSED')) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    const elsewhere =
      !/^(?:data|blob):/.test(request.url()) && new URL(request.url()).host !== new URL(url).host;
    if (elsewhere) complaints.push(`request to ${request.url()}`);
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => wire.push(String(payload))));
}

/** Numbers of the beats in the channel, in their order there. */
export function beatsIn(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(
    "[...document.querySelectorAll('.entry[data-beat]')].map((beat) => Number(beat.dataset.beat))",
  );
}

/** The demo has come to its hook: three chips. */
export async function waitForHook(page: Page): Promise<void> {
  await page.locator('.chips .chip').nth(2).waitFor();
}

/** Types into the text box and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Say something in the scene').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Drops a file anywhere on the page. */
export async function dropFile(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  await dropFiles(page, [{ name, content }]);
}

/** Drops several files at once. */
export async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  const data = JSON.stringify(
    files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') })),
  );
  const dataTransfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const { name, base64 } of ${data}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  })()`);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await page.locator('.drop').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}
