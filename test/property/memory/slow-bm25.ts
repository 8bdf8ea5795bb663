import { termsOf } from '../../../src/cast/memory/terms.ts';

type Text = { readonly n: number; readonly text: string };

/** BM25 as its definition has it, over all texts, anew for every question. Best first, the newer where they tie. */
export function slowBm25(texts: readonly Text[], query: string, k1 = 1.2, b = 0.75): number[] {
  const documents = texts.map(({ n, text }) => ({ n, terms: termsOf(text) }));
  const mean = documents.reduce((sum, { terms }) => sum + terms.length, 0) / documents.length;
  const asked = [...new Set(termsOf(query))];
  const score = (terms: readonly string[]) =>
    asked.reduce((sum, term) => {
      const frequency = terms.filter((one) => one === term).length;
      const having = documents.filter((other) => other.terms.includes(term)).length;
      const idf = Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
      return sum + (idf * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * terms.length) / mean));
    }, 0);
  return documents
    .map(({ n, terms }) => ({ n, score: score(terms) }))
    .filter((one) => one.score > 0)
    .sort((one, other) => other.score - one.score || other.n - one.n)
    .map(({ n }) => n);
}
