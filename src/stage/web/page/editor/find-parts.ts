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
/** What stands in a prompt otherwise: line ends, brackets of any kind, asterisks that become tags. */
const REWRITTEN = /\{\{[^{}]*\}\}|<(?:user|bot)>|[\s<>[\]*"“”]+/gi;
/** What a bracket or an asterisk may have become, at most; characters. */
const LONGEST_REWRITTEN = 40;
/** Shorter texts are found anywhere: they have to stand alone in their line. */
const SHORTEST = 4;
/** Looks at so many pieces for one text: what repeats itself without end is left unmarked. */
const MOST_LOOKS = 500_000;

type Span = { readonly from: number; readonly to: number };

/** Takes a message of a prompt apart by the texts of the card that are in it; together they are the whole. */
export function partsOf(content: string, texts: readonly Prompted[]): Part[] {
  const found: { readonly from: number; readonly to: number; readonly of: Prompted }[] = [];
  // The longest first: a short one may be a piece of it.
  for (const of of texts.toSorted((one, other) => other.text.length - one.text.length)) {
    for (const { from, to } of spansOf(content, of.text)) {
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

function spansOf(content: string, text: string): Span[] {
  const as = text.trim();
  if (as === '') return [];
  if (as.length < SHORTEST) return all((after) => findLine(content, as, after));
  const exact = all((after) => find(content, as, after));
  return exact.length > 0 ? exact : all((after) => findRewritten(content, as, after));
}

function all(next: (after: number) => Span | undefined): Span[] {
  const spans: Span[] = [];
  for (let span = next(0); span; span = next(span.to)) spans.push(span);
  return spans;
}

/** Where a text stands, whatever its placeholders were filled with. */
function find(content: string, text: string, after: number): Span | undefined {
  const pieces = text.split(MACRO).filter((piece) => piece.trim() !== '');
  return findInTurn(
    content,
    pieces.map((piece) => ({ piece, gap: LONGEST_FILLED })),
    after,
  );
}

/** The same, where the stage wrote parts of it otherwise. */
function findRewritten(content: string, text: string, after: number): Span | undefined {
  const pieces: { piece: string; gap: number }[] = [];
  let gap = 0;
  let at = 0;
  for (const match of [...text.matchAll(REWRITTEN), { 0: '', index: text.length }]) {
    const piece = text.slice(at, match.index);
    if (piece !== '') {
      pieces.push({ piece, gap });
      gap = 0;
    }
    const passed = match[0];
    gap += passed.startsWith('{{') ? LONGEST_FILLED : passed.trim() ? LONGEST_REWRITTEN : passed.length + 2;
    at = match.index + passed.length;
  }
  return findInTurn(content, pieces, after);
}

/** @param pieces each with how many characters may stand between the one before and it */
function findInTurn(
  content: string,
  pieces: readonly { readonly piece: string; readonly gap: number }[],
  after: number,
): Span | undefined {
  const [first, ...others] = pieces;
  if (!first) return undefined;
  let looks = 0;
  const begins = (at: number) => content.indexOf(first.piece, at);
  for (let from = begins(after); from >= 0 && looks < MOST_LOOKS; from = begins(from + 1)) {
    let to = from + first.piece.length;
    const fits = others.every(({ piece, gap }) => {
      looks += 1;
      const next = content.slice(to, to + gap + piece.length).indexOf(piece);
      to += next + piece.length;
      return next >= 0;
    });
    if (fits) return { from, to };
  }
  return undefined;
}

function findLine(content: string, text: string, after: number): Span | undefined {
  const from = `\n${content}\n`.indexOf(`\n${text}\n`, after);
  return from < 0 ? undefined : { from, to: from + text.length };
}

/** About so many tokens; English text in common tokenizers. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}
