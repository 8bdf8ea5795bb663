/** A word or sign of Python source. */
export type Token = {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  /** As it is written; of a string with its prefix and quotation marks. */
  readonly text: string;
  /** Of the first token of a statement’s line: how far it is indented. */
  readonly column?: number;
  /** So many brackets are open around it. */
  readonly depth: number;
};

const BLANK = /[ \t\f]+|#[^\n]*|\\\n/uy;
const STRING_START = /(?:[rR][fFbB]?|[fFbB][rR]?|[uU])?(?:"""|'''|"|')/uy;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /\d[\p{L}\p{N}_.]*/uy;
const SIGN = /\*\*=?|\/\/=?|>>=?|<<=?|->|[-+*/%&|^=!<>@:]=|./suy;

/**
 * The tokens of a Python file, in time that grows with its length alone; whatever it holds. A string without
 * an end goes on to the end of its line, one in triple quotation marks to the end of the file.
 *
 * @param source with plain line breaks
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let pos = 0;
  let depth = 0;
  let lineStart: number | undefined = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = pos;
    return pattern.exec(source)?.[0];
  };
  const add = (kind: Token['kind'], text: string) => {
    if (/^[)\]}]$/u.test(text)) depth = Math.max(0, depth - 1);
    const column = lineStart === undefined ? {} : { column: columnOf(source.slice(lineStart, pos)) };
    tokens.push({ kind, text, depth, ...column });
    if (/^[([{]$/u.test(text)) depth += 1;
    lineStart = undefined;
    pos += text.length;
  };
  while (pos < source.length) {
    if (source[pos] === '\n') {
      pos += 1;
      if (depth === 0) lineStart = pos;
      continue;
    }
    const blank = take(BLANK);
    if (blank !== undefined) {
      pos += blank.length;
      continue;
    }
    const opening = take(STRING_START);
    const word = opening === undefined ? take(NAME) : undefined;
    const number = opening === undefined && word === undefined ? take(NUMBER) : undefined;
    if (opening !== undefined) add('string', source.slice(pos, stringEnd(source, pos, opening)));
    else if (word !== undefined) add('name', word);
    else if (number !== undefined) add('number', number);
    else add('sign', take(SIGN) ?? source.slice(pos, pos + 1));
  }
  return tokens;
}

/** A tab goes to the next eighth column, as Python has it. */
function columnOf(indent: string): number {
  let column = 0;
  for (const sign of indent) column = sign === '\t' ? column + 8 - (column % 8) : column + 1;
  return column;
}

function stringEnd(source: string, from: number, opening: string): number {
  const quote = opening.replace(/^[a-z]+/iu, '');
  for (let at = from + opening.length; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (quote.length === 1 && source[at] === '\n') return at;
    else if (source.startsWith(quote, at)) return at + quote.length;
  }
  return source.length;
}
