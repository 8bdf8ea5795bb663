import { TOLD } from './raw-conversation.ts';

/** Text that comes in parts, held up to a bound; beyond it only its beginning is. */
export type Collector = ReturnType<typeof createCollector>;

/** @param largest characters that are held */
export function createCollector(largest: number) {
  let parts: string[] = [];
  let length = 0;
  let blank = true;
  return {
    add(part: string): void {
      if (part === '') return;
      length += part.length;
      blank &&= part.trim() === '';
      if (length <= largest) parts.push(part);
      else if (length - part.length <= largest) parts = [[...parts, part].join('').slice(0, TOLD)];
    },
    /** Nothing but blanks came. */
    isBlank: () => blank,
    /** What came, and begins anew. */
    take(): { readonly text: string | undefined; readonly begins: string; readonly length: number } {
      const text = parts.join('');
      const taken = {
        text: length <= largest ? text : undefined,
        begins: text.slice(0, TOLD).toWellFormed(),
        length,
      };
      [parts, length, blank] = [[], 0, true];
      return taken;
    },
  };
}
