import { isWordEdge } from './word-edge.ts';

/** Reports, by its index, each term that stands in `text` and was not reported before. */
export type TermSearch = (text: string, found: (term: number) => void) => void;

/**
 * Looks for all terms at once, in time that grows with the text and not with their number (Aho and
 * Corasick 1975). The terms are distinct and none is empty. Every call of the result begins a new search,
 * in which each term is reported once, however many texts are looked through.
 * @param wholeWords whether a term counts only where it begins and ends as words do
 */
export function createTermFinder(terms: readonly string[], wholeWords: boolean): () => TermSearch {
  const { symbolOf, step, fall, endOf } = buildTrie(terms);
  const firstSkip = fall.slice();
  for (let node = 1; node < endOf.length; node += 1) if (endOf[node] !== NONE) firstSkip[node] = node;

  return () => {
    // From a node to the nearest one at which something ends that was not reported yet: what is done with is
    // passed over for good, in place of walking the whole chain of shorter endings at each letter.
    const skip = firstSkip.slice();

    return (text, found) => {
      let node = 0;
      for (let at = 0; at < text.length; at += 1) {
        const symbol = symbolOf.get(text.charCodeAt(at));
        if (symbol === undefined) {
          node = 0;
          continue;
        }
        let to = step(node, symbol);
        while (to === undefined && node !== 0) {
          node = fall[node] ?? 0;
          to = step(node, symbol);
        }
        node = to ?? 0;
        let end = nearest(skip, node);
        if (end === 0 || (wholeWords && !isWordEdge(text, at + 1))) continue;
        for (; end !== 0; end = nearest(skip, fall[end] ?? 0)) {
          const term = endOf[end] ?? NONE;
          if (wholeWords && !isWordEdge(text, at + 1 - (terms[term]?.length ?? 0))) continue;
          found(term);
          skip[end] = fall[end] ?? 0;
        }
      }
    };
  };
}

function nearest(skip: Int32Array, from: number): number {
  let node = from;
  for (let to = skip[node] ?? 0; to !== node; to = skip[node] ?? 0) {
    skip[node] = skip[to] ?? 0;
    node = skip[node] ?? 0;
  }
  return node;
}

const NONE = -1;

/** The terms as a tree of UTF-16 units, with the way on where a text leaves a branch. Node 0 is the root. */
function buildTrie(terms: readonly string[]) {
  const symbolOf = new Map<number, number>();
  for (const text of terms) {
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (!symbolOf.has(unit)) symbolOf.set(unit, symbolOf.size);
    }
  }

  // One map for all nodes: a map each would take ten times the memory.
  const steps = new Map<number, number>();
  const width = symbolOf.size;
  const step = (node: number, symbol: number) => steps.get(node * width + symbol);
  const parents = [0];
  const symbols = [0];
  const ends = [NONE];
  const levels: number[][] = [];
  for (const [index, text] of terms.entries()) {
    let node = 0;
    for (let at = 0; at < text.length; at += 1) {
      const symbol = symbolOf.get(text.charCodeAt(at)) ?? 0;
      let to = step(node, symbol);
      if (to === undefined) {
        to = parents.push(node) - 1;
        symbols.push(symbol);
        ends.push(NONE);
        steps.set(node * width + symbol, to);
        const level = levels[at];
        if (level) level.push(to);
        else levels[at] = [to];
      }
      node = to;
    }
    ends[node] = index;
  }

  // The longest shorter beginning of some term that is also an end of what was read so far.
  const fall = new Int32Array(parents.length);
  for (const level of levels.slice(1)) {
    for (const node of level) {
      const symbol = symbols[node] ?? 0;
      let from = fall[parents[node] ?? 0] ?? 0;
      while (from !== 0 && step(from, symbol) === undefined) from = fall[from] ?? 0;
      fall[node] = step(from, symbol) ?? 0;
    }
  }
  return { symbolOf, step, fall, endOf: Int32Array.from(ends) };
}
