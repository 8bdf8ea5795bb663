/** What the stage found wrong with a card: the field's path, where it names one, and what is wrong. */
export type CardProblem = { readonly path: string; readonly words: string };

const PATHED = /card\.([\w.]+): /g;

/** Takes an answer of the stage apart, which may name several fields (`card.name: is missing … card.tags: …`). */
export function problemsIn(message: string): CardProblem[] {
  const named = [...message.matchAll(PATHED)];
  const [first] = named;
  const before = message.slice(0, first?.index ?? message.length).trim();
  return [
    ...(before ? [{ path: '', words: before }] : []),
    ...named.map((match, i) => ({
      path: match[1] ?? '',
      words: message.slice(match.index + match[0].length, named[i + 1]?.index).trim(),
    })),
  ];
}
