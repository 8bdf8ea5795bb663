/** A text of a card that may stand in a prompt. */
export type Prompted = {
  readonly path: string;
  readonly label: string;
  readonly text: string;
  /** No other mind is told of it. */
  readonly isPrivate: boolean;
};

/** A stretch of a prompt; with whose text it is. */
export type Part = { readonly text: string; readonly of?: Prompted };

const MACRO = /\{\{[^{}]*\}\}|<(?:user|bot)>/gi;
/** What a placeholder may have become, at most; characters. */
const LONGEST_FILLED = 200;
/** Shorter texts are found anywhere. */
const SHORTEST = 4;

/** Takes a message of a prompt apart by the texts of the card that are in it; together they are the whole. */
export function partsOf(content: string, texts: readonly Prompted[]): Part[] {
  const found: { readonly from: number; readonly to: number; readonly of: Prompted }[] = [];
  // The longest first: a short one may be a piece of it.
  for (const of of texts.toSorted((one, other) => other.text.length - one.text.length)) {
    for (let span = find(content, of.text, 0); span; span = find(content, of.text, span.to)) {
      const { from, to } = span;
      if (!found.some((other) => from < other.to && other.from < to)) found.push({ from, to, of });
    }
  }
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, of } of found.toSorted((one, other) => one.from - other.from)) {
    if (from > at) parts.push({ text: content.slice(at, from) });
    parts.push({ text: content.slice(from, to), of });
    at = to;
  }
  if (at < content.length) parts.push({ text: content.slice(at) });
  return parts;
}

/** Where a text stands, whatever its placeholders were filled with. */
function find(content: string, text: string, after: number): { from: number; to: number } | undefined {
  const pieces = text
    .trim()
    .split(MACRO)
    .filter((piece) => piece.trim() !== '');
  const [first, ...others] = pieces;
  if (first === undefined || text.trim().length < SHORTEST) return undefined;
  for (let from = content.indexOf(first, after); from >= 0; from = content.indexOf(first, from + 1)) {
    let to: number | undefined = from + first.length;
    for (const piece of others) {
      const next: number = to === undefined ? -1 : content.indexOf(piece, to);
      to = next < 0 || next - (to ?? 0) > LONGEST_FILLED ? undefined : next + piece.length;
    }
    if (to !== undefined) return { from, to };
  }
  return undefined;
}

/** About so many tokens; English text in common tokenizers. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}
