import { isMarkedDiscord, ORIGIN_MARK, originOfKeepsake } from '../../../scene/origin.ts';
import type { Conversation } from '../record/conversation.ts';

/** What marks in a file say of it. `free`: whose its words are, where a mark says so. */
export type OriginLook = { readonly refused: boolean; readonly free?: Conversation['origin'] };

/** Signs of a mark, with whatever says whose it is. */
const MARK_LENGTH = 200;

const MARK = new RegExp(ORIGIN_MARK, 'giu');
/** As records of our own say it; within a string of JSON its quotes are escaped. */
const OF_DISCORD = /\\{0,9}["']origin\\{0,9}["']\s{0,20}:\s{0,20}\\{0,9}["']discord\\{0,9}["']/iu;
/** The last words of a keepsake in Markdown; HTML is no form but a keepsake’s. */
const KEEPSAKE = /\*[^*\n]{0,80}Played with Dramatis\.\*/u;

/**
 * Looks through a whole file for marks of where its words came from: one of Discord anywhere counts for all
 * of it, and so does a keepsake without a mark. No setting overrides it.
 */
export async function lookForOrigin(text: AsyncIterable<string>): Promise<OriginLook> {
  let rest = '';
  let [isKeepsake, isFirst] = [false, true];
  let free: Conversation['origin'] | undefined;
  for await (const chunk of ended(text)) {
    const now = rest + (chunk ?? '');
    if (isFirst) isKeepsake = isHtml(now);
    isFirst = false;
    if (OF_DISCORD.test(now)) return { refused: true };
    isKeepsake ||= KEEPSAKE.test(now);
    const places = [...now.matchAll(MARK)].map(({ index }) => index);
    for (const [which, place] of places.entries()) {
      // One whose end is still to come is looked at with the next piece.
      if (chunk !== undefined && place + MARK_LENGTH > now.length) continue;
      const mark = now.slice(place, Math.min(place + MARK_LENGTH, places[which + 1] ?? now.length));
      if (isMarkedDiscord(mark)) return { refused: true };
      free = originOfKeepsake(mark) === 'local' || free === 'local' ? 'local' : 'lab';
    }
    rest = now.slice(-MARK_LENGTH);
  }
  if (isKeepsake && free === undefined) return { refused: true };
  return { refused: false, ...(free ? { free } : {}) };
}

/** Whether a text begins as a page of HTML does. */
export function isHtml(begins: string): boolean {
  return /^\uFEFF?\s*(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html)\b/iu.test(begins);
}

/** The pieces of a text, and undefined behind the last. */
async function* ended(text: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  yield* text;
  yield undefined;
}

/** Whether a record says that it came through Discord, in whatever way JSON writes it down. */
export function saysDiscord(value: object): boolean {
  const text = JSON.stringify(value);
  return isMarkedDiscord(text) || OF_DISCORD.test(text);
}
