import { fold } from '../format/fold.ts';

/**
 * How many of the words that stood in a field are still there, 0 … 1: her-spec 6.4 asks for 0.98. What is
 * proposed here keeps all of them; the lab asks it of what others made.
 */
export function keptOf(before: string, after: string): number {
  const left = new Map<string, number>();
  for (const word of wordsOf(after)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = wordsOf(before);
  const kept = words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return words.length === 0 ? 1 : kept.length / words.length;
}

function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
