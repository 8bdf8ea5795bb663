import { createTokenizer, type Tokens } from './token-ids.ts';

/** What a server reads and has read before. Tokens. */
export type Reading = { readonly tokens: number; readonly prefilled: number };

/** A model server's memory of prompts. */
export type BlockCache = { read(text: string): Reading };

/** Tokens of a block, as vLLM has it by default. */
export const BLOCK = 16;

/**
 * Prefix caching as vLLM does it: whole blocks of 16 tokens, each known by its tokens and by all that stands
 * before it, whoever asked. Of a prompt, what is behind the last known block is to be prefilled; the last
 * block of all is never taken from the cache whole, since its last token must be computed. Where there is no
 * room, the block goes that was used longest ago, of one prompt the last first. Answers are not kept: later
 * prompts have them without the plan or the reason that they began with, so no block of theirs would be met
 * again (but for a narration of the reference layout’s Environment, some hundred tokens in all short scenes).
 *
 * @param room tokens that it can keep; left out: all
 */
export function createBlockCache(room = Number.POSITIVE_INFINITY): BlockCache {
  const tokenize = createTokenizer();
  /** Numbers of blocks by their parent's number and their tokens; those used last stand last. */
  const known = new Map<string, number>();
  let made = 0;
  const most = Math.floor(room / BLOCK);

  return {
    read(text) {
      const tokens = tokenize(text);
      const keys: string[] = [];
      const numbers: number[] = [];
      let parent = 0;
      let hits = 0;
      for (let at = 0; at + BLOCK <= tokens.length; at += BLOCK) {
        const key = keyOf(parent, tokens, at);
        const number = known.get(key);
        if (number !== undefined && hits === keys.length) hits += 1;
        parent = number ?? ++made;
        keys.push(key);
        numbers.push(parent);
      }
      // The beginning is used again whenever the end is: it goes last.
      for (let nth = keys.length - 1; nth >= 0; nth -= 1) {
        const key = keys[nth] ?? '';
        known.delete(key);
        known.set(key, numbers[nth] ?? 0);
      }
      for (const oldest of known.keys()) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
      const reused = Math.min(hits, Math.ceil(tokens.length / BLOCK) - 1) * BLOCK;
      return { tokens: tokens.length, prefilled: tokens.length - reused };
    },
  };
}

function keyOf(parent: number, tokens: Tokens, at: number): string {
  return `${parent} ${String.fromCharCode(...tokens.slice(at, at + BLOCK))}`;
}

/** All of several readings. */
export function sumOf(readings: readonly Reading[]): Reading {
  return readings.reduce(
    (sum, one) => ({ tokens: sum.tokens + one.tokens, prefilled: sum.prefilled + one.prefilled }),
    { tokens: 0, prefilled: 0 },
  );
}
