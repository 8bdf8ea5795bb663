import { chance } from '../../scene/chance.ts';
import type { LoreEntry } from './lore.ts';
import { textNumber } from './text-number.ts';

export type Dice = { readonly seed: number; readonly turn: number };

/** Whether an entry that was called up passes its own probability. */
export function isDrawn({ seed, turn }: Dice, book: string, { id, probability }: LoreEntry): boolean {
  if (probability >= 100) return true;
  return chance(seed, turn, textNumber(book), textNumber(id)) * 100 < probability;
}

/** One of them, the heavier the likelier; the first where none weighs anything. `items` is not empty. */
export function drawByWeight<T extends { readonly entry: LoreEntry }>(
  items: readonly [T, ...T[]],
  group: string,
  { seed, turn }: Dice,
): T {
  const total = items.reduce((sum, { entry }) => sum + entry.groupWeight, 0);
  let left = chance(seed, turn, textNumber(group), 1) * total;
  for (const item of items) {
    if (left < item.entry.groupWeight) return item;
    left -= item.entry.groupWeight;
  }
  return items[0];
}
