import { activateLore } from '../../../../src/cast/lore/activate.ts';
import type { LoreScan } from '../../../../src/cast/lore/activation.ts';
import type { LoreBook } from '../../../../src/cast/lore/lore.ts';

/** What somebody called Ah heard, line by line; the rest only where a test is about it. */
export function scanOf(lines: readonly string[], more: Partial<LoreScan> = {}): LoreScan {
  return {
    heard: lines.map((text, n) => ({ n, text })),
    messages: lines.length,
    last: () => undefined,
    speaker: { id: 'ah', name: 'Ah', tags: [] },
    seed: 1,
    turn: 1,
    budget: 10_000,
    maxRecursion: 3,
    scanDepth: 10,
    ...more,
  };
}

/** The texts of what is called up, in the order of the prompt. */
export function calledUp(books: LoreBook | LoreBook[], scan: LoreScan): string[] {
  const shelf = Array.isArray(books) ? books : [books];
  return activateLore(shelf, scan).active.map(({ entry }) => entry.text);
}
