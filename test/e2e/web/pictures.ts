import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** Keeps a picture of a page for the docs, where pictures are asked for (`PICTURES=1`): what they show is what was tested. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] !== '1') return;
  const path = fileURLToPath(new URL(`../../../docs/pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path });
}
