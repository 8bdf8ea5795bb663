/**
 * Finds what others repeat of somebody's words: runs of so many equal words, whatever the case and the
 * marks between them. Shorter runs are anybody's.
 */
export type Quotes = {
  /** Takes in a text of theirs. */
  add(text: string): void;
  /** Runs of this text are not looked for. */
  forgive(text: string): void;
  /** There is nothing to look for. */
  none(): boolean;
  /** The text with every run of their words put out (`…`). */
  putOut(text: string): string;
};

const RUN = 6;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

export function createQuotes(): Quotes {
  const runs = new Set<string>();
  return {
    add(text) {
      const words = wordsOf(text);
      for (let i = 0; i + RUN <= words.length; i += 1) runs.add(keyOf(words, i));
    },
    forgive(text) {
      const words = wordsOf(text);
      for (let i = 0; i + RUN <= words.length; i += 1) runs.delete(keyOf(words, i));
    },
    none: () => runs.size === 0,
    putOut(text) {
      if (runs.size === 0) return text;
      const words = wordsOf(text);
      let done = '';
      let from = 0;
      let end = -1;
      for (let i = 0; i + RUN <= words.length; i += 1) {
        if (!runs.has(keyOf(words, i))) continue;
        const first = words[i];
        const last = words[i + RUN - 1];
        if (!first || !last) break;
        if (first.at > end) done += `${text.slice(from, first.at)}…`;
        end = last.at + last.text.length;
        from = end;
      }
      return done + text.slice(from);
    },
  };
}

type Word = { readonly text: string; readonly at: number };

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((found) => ({ text: found[0], at: found.index }));
}

function keyOf(words: readonly Word[], from: number): string {
  return words
    .slice(from, from + RUN)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
}
