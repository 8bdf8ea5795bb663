const TOKEN = /\.{2,}|--+|[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*|'(?=[\p{L}])\p{L}+|[^\s\p{L}\p{N}]/gu;
const CONTRACTED = /^(?<head>.+?)(?<tail>n't|'(?:s|m|d|ll|re|ve))$/u;

/**
 * The words and marks of a text, lower-cased, contractions in two (“do n't”, “he 's”), in the manner of the
 * Penn Treebank: what BLEU is counted over. Not NLTK’s own splitting to the letter; the figure is
 * informative.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const piece of text.toLowerCase().replaceAll('’', "'").match(PIECE) ?? []) {
    const { head, tail } = CONTRACTED.exec(piece)?.groups ?? {};
    if (head !== undefined && tail !== undefined) words.push(head, tail);
    else words.push(...(piece.match(TOKEN) ?? []));
  }
  return words;
}

/** A word with what is contracted into it, or what stands between words. */
const PIECE = /[\p{L}\p{N}]+(?:'[\p{L}]+)?(?:[-.][\p{L}\p{N}]+)*|\.{2,}|--+|[^\s\p{L}\p{N}]/gu;
