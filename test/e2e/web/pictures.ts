import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';

/**
 * Keeps a picture of a page, or of a part of it, for the docs where pictures are asked for (`PICTURES=1`): what
 * they show is what was tested.
 */
export async function picture(of: Page | Locator, name: string): Promise<void> {
  if (process.env['PICTURES'] !== '1') return;
  const path = fileURLToPath(new URL(`../../../docs/pictures/${name}.png`, import.meta.url));
  await of.screenshot({ path });
}
